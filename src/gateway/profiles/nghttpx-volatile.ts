import type { Volatile } from '../recording.ts';
import { commonLogTime } from './log-time.ts';

/**
 * The parts of nghttpx's answers and log lines that change from run to run, or that belong to the reader's own request.
 * The access log is nghttpx's own default (`$remote_addr - - [$time_local] "$request" $status $body_bytes_sent …`).
 * A line of the error log is `time process thread worker LEVEL (file:line) [OBJECT:0xaddress] text`.
 */

/** How the simulated process signs its lines: process, worker thread and the worker's random name. */
const SIGNATURE = '29 30 5f3a1c07';
/** An address in the simulated process. */
const ADDRESS = '0x7f3a5c0d1a00';

/** Rules of one place run in this order, each on the text that the rules before it left. */
export const NGHTTPX_VOLATILE: readonly Volatile[] = [
  {
    name: 'date',
    in: 'head',
    find: /(?<=^date: )[^\r\n]+/gim,
    fill: ({ finishedAt }) => new Date(finishedAt).toUTCString(),
  },
  { name: 'client', in: 'access', find: /^\S+(?= - - \[)/g, fill: ({ clientAddress }) => clientAddress },
  // The time at which the request came, not that of the line.
  {
    name: 'request-time',
    in: 'access',
    find: /(?<= \[)[^\]]+(?=\] ")/g,
    fill: ({ requestedAt }) => commonLogTime(requestedAt),
  },
  { name: 'path', in: 'access', find: /(?<=\] "[A-Z]+ )\S+(?= HTTP\/)/g, fill: ({ path }) => path },
  { name: 'method', in: 'access', find: /(?<=\] ")[A-Z]+(?= )/g, fill: ({ method }) => method },
  { name: 'user-agent', in: 'access', find: /(?<=")[^"]+(?="$)/g, fill: ({ userAgent }) => userAgent },
  {
    name: 'error-time',
    in: 'error',
    find: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g,
    fill: ({ finishedAt }) => new Date(finishedAt).toISOString(),
  },
  { name: 'signature', in: 'error', find: /(?<=^\S+ )\d+ \d+ [\da-f]{8}(?= [A-Z]+ \()/g, fill: () => SIGNATURE },
  { name: 'address', in: 'error', find: /0x[\da-f]+/g, fill: () => ADDRESS },
  // A random part of the wait before it tries a server again.
  { name: 'sleep-seconds', in: 'error', find: /(?<= sleep for )[\d.]+(?= seconds)/g, fill: () => '1.357000000' },
  {
    name: 'upstream-host',
    in: 'error',
    find: /(?<= (?:resolving host|entry not found for|Name lookup for) )\S+/g,
    // An address needs no lookup: a scenario that names its upstream by address gets the recorder's name.
    fill: ({ upstreamHost }) => (/^[\d.]+$|:/.test(upstreamHost) ? 'no-such-host.invalid' : upstreamHost),
  },
];
