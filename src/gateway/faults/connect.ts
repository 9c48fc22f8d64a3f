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
    patienceMs: 13_000,
  },
  {
    id: 'slow-connect',
    group: 'connect',
    cause: 'not-a-failure',
    summary: 'misses the first SYN and takes the one that TCP repeats a second later, then answers 200',
    lesson:
      'A delay of almost exactly one second is the mark of one lost SYN; three seconds are two. Look for packet loss or a full accept queue, not for slow code.',
    servers: [{ kind: 'slow-connect' }],
    patienceMs: 8000,
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
    id: 'dns-servfail',
    group: 'connect',
    cause: 'upstream-dns',
    summary: 'has a host name for which the name server answers SERVFAIL',
    lesson:
      'The name server was reached and could not find out: its own upstream is down, or DNSSEC does not verify. The name may be right; ask another resolver to decide.',
    servers: [{ kind: 'unresolvable', rcode: 'servfail' }],
  },
  {
    id: 'dns-timeout',
    group: 'connect',
    cause: 'upstream-dns',
    summary: 'has a host name for which the name server never answers',
    lesson:
      'The resolver’s timer runs before the connect timer starts, so the client waits longer than the gateway’s settings suggest. Check that the gateway can reach its name server at all.',
    servers: [{ kind: 'unresolvable', rcode: 'timeout' }],
    patienceMs: 12_000,
  },
  {
    id: 'dns-nxdomain-start',
    group: 'connect',
    cause: 'upstream-dns',
    summary: 'has a host name that does not exist when the gateway starts',
    lesson:
      'Some gateways refuse to start with one name that does not resolve, and take every other site down with it. Others start and fail request by request. Know which kind yours is before a restart.',
    route: { resolveAtStart: true },
    servers: [{ kind: 'unresolvable', rcode: 'nxdomain' }],
    patienceMs: 8000,
  },
  {
    id: 'all-down',
    group: 'connect',
    cause: 'no-healthy-upstream',
    summary: 'is two servers that both failed earlier, so the gateway counts them as down and tries neither',
    lesson:
      'The answer comes at once and no server is contacted. Read the log lines before this one: they name the failure that took the servers out.',
    route: { balance: 'marked-down' },
    servers: [{ kind: 'closed' }, { kind: 'closed' }],
    prime: 2,
    settleMs: 600,
  },
  {
    id: 'unix-missing',
    group: 'connect',
    cause: 'socket-missing-or-denied',
    summary: 'is a unix socket, and there is no file at its path',
    lesson:
      'The application did not start, or it put its socket somewhere else. Errno 2 names the path that the gateway tried: compare it with the application’s own settings.',
    servers: [{ kind: 'unix', access: 'missing' }],
  },
  {
    id: 'unix-denied',
    group: 'connect',
    cause: 'socket-missing-or-denied',
    summary: 'is a unix socket that the gateway’s account may not open',
    lesson:
      'The application runs, the permissions are wrong. Errno 13 means: give the gateway’s account write access to the socket and search access to every folder above it.',
    servers: [{ kind: 'unix', access: 'denied' }],
  },
];
