import type { Fault } from '../fault.ts';

/** The gateway never gets a connection, so no byte of the request reaches an upstream. */
export const CONNECT_FAULTS: readonly Fault[] = [
  {
    id: 'connect-refused',
    group: 'connect',
    cause: 'upstream-refused',
    summary: 'has no process on its port, so the kernel refuses the connection at once',
    lesson:
      'The machine is up, the program is not: crashed, still starting, or listening on another port or address. The request never ran, so any method is safe to send again.',
    servers: [{ kind: 'closed' }],
  },
  {
    id: 'connect-timeout',
    group: 'connect',
    cause: 'upstream-unreachable',
    summary: 'drops every SYN, so the connection neither opens nor fails',
    lesson:
      'Silence instead of a refusal points at a firewall, a security group, a wrong address or a full accept queue. The gateway’s connect timeout decides how long everybody waits.',
    servers: [{ kind: 'blackhole' }],
    timer: 'connectMs',
  },
  {
    id: 'dns-nxdomain',
    group: 'connect',
    cause: 'upstream-dns',
    summary: 'has a host name that DNS says does not exist',
    lesson:
      'The gateway looked the upstream up while it ran and got NXDOMAIN: a typing error, a removed service or the wrong search domain. No upstream saw the request.',
    servers: [{ kind: 'unresolvable', rcode: 'nxdomain' }],
  },
  {
    id: 'all-down',
    group: 'connect',
    cause: 'no-healthy-upstream',
    summary: 'is two servers that both failed earlier, so the gateway counts them as down and tries neither',
    lesson:
      'The answer comes at once and no server is contacted. Read the log lines before this one: they name the failure that took the servers out.',
    servers: [{ kind: 'closed' }, { kind: 'closed' }],
    prime: 2,
  },
];
