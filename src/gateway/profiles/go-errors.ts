import type { Volatile, VolatileContext } from '../recording.ts';

/**
 * The changing parts of errors as Go's net package words them, e.g. `dial tcp 10.0.0.12:8080: connect: connection refused`,
 * `read tcp 10.0.0.2:40112->10.0.0.12:8080: read: connection reset by peer` and
 * `dial tcp: lookup orders.test on 127.0.0.53:53: no such host`.
 */

/** The gateway's own end of its connection to the upstream. */
const localAddress = ({ id, upstreamAddress }: VolatileContext): string =>
  `${upstreamAddress.startsWith('127.') ? '127.0.0.1' : '10.0.0.2'}:${32_768 + ((id * 2) % 28_000)}`;

/** A scenario that names its upstream by address gets the recorder's name: an address needs no lookup. */
const lookedUp = ({ upstreamHost }: VolatileContext): string =>
  /^[\d.]+$|:/.test(upstreamHost) ? 'no-such-host.test' : upstreamHost;

export const GO_ERRORS: readonly Omit<Volatile, 'in'>[] = [
  { name: 'local-address', find: /(?<=\b(?:tcp|udp) )127\.0\.0\.1:\d+(?=->|: use of)/g, fill: localAddress },
  {
    name: 'upstream-address',
    find: /(?<=->|dial tcp )\d+(?:\.\d+){3}:\d+/g,
    fill: ({ upstreamAddress }) => upstreamAddress,
  },
  {
    // Of certificates that have expired.
    name: 'now',
    find: /(?<= current time )\S+Z(?= is after )/g,
    fill: ({ finishedAt }) => new Date(finishedAt).toISOString().replace(/\.\d+/, ''),
  },
  // The name server that /etc/resolv.conf names, whichever was asked.
  { name: 'name-server', find: /(?<=lookup \S+ on )\d+(?:\.\d+){3}:\d+/g, fill: () => '127.0.0.53:53' },
  { name: 'upstream-host', find: /(?<=lookup )\S+(?= on |: )/g, fill: lookedUp },
];
