import type { Volatile } from '../recording.ts';
import { asctimeMicros, commonLogTime } from './log-time.ts';

/**
 * The parts of Apache httpd's answers and log lines that change from run to run, or that belong to the reader's own
 * request. Access log: the `lab` format of tools/recorder/gateways/apache.ts. Error log: the default ErrorLogFormat of a
 * threaded server, `[time] [module:level] [pid n:tid n] (errno)text: [client address:port] AH00000: message`.
 * Rules of one place run in this order, each on the text that the rules before it left.
 */

const ADDRESS = String.raw`(?:\d+(?:\.\d+){3}|\[[\da-f:]+\]|[\w.-]+):\d+`;

/** How the simulated child process signs its lines. */
const PROCESS = 'pid 29:tid 31';

const HEAD: readonly Volatile[] = [
  {
    name: 'date',
    in: 'head',
    find: /(?<=^(?:Date|Expires): )\w{3}, [^\r\n]+ GMT$/gm,
    // The time of the request, however long the answer took.
    fill: ({ requestedAt }) => new Date(requestedAt).toUTCString(),
  },
  // The library comes from the system, whatever the version of httpd.
  { name: 'openssl', in: 'head', find: /(?<=^Server: Apache\/.* )OpenSSL\/\S+/gm, fill: () => 'OpenSSL/3.0.19' },
];

const BODY: readonly Volatile[] = [
  {
    name: 'upstream-host',
    in: 'body',
    find: /(?<=DNS lookup failure for: )[^<]+/g,
    fill: ({ upstreamHost }) => upstreamHost,
  },
];

const ACCESS: readonly Volatile[] = [
  { name: 'client', in: 'access', find: /^\S+(?= - )/g, fill: ({ clientAddress }) => clientAddress },
  {
    name: 'access-time',
    in: 'access',
    find: /(?<= \[)[^\]]+(?=\] ")/g,
    fill: ({ requestedAt }) => commonLogTime(requestedAt),
  },
  { name: 'method', in: 'access', find: /(?<=\] ")[A-Z]+(?= )/g, fill: ({ method }) => method },
  { name: 'path', in: 'access', find: /(?<=\] "\S+ )\S+(?= HTTP\/\d)/g, fill: ({ path }) => path },
  { name: 'user-agent', in: 'access', find: /(?<=" ")[^"]+(?=" D=)/g, fill: ({ userAgent }) => userAgent || '-' },
  {
    name: 'duration',
    in: 'access',
    find: /(?<= D=)\d+/g,
    fill: ({ requestedAt, finishedAt }) => String(Math.round((finishedAt - requestedAt) * 1000)),
  },
];

const ERROR: readonly Volatile[] = [
  {
    name: 'error-time',
    in: 'error',
    find: /(?<=^\[)\w{3} \w{3} \d\d [\d:.]+ \d{4}(?=\])/g,
    fill: ({ finishedAt }) => asctimeMicros(finishedAt),
  },
  { name: 'process', in: 'error', find: /(?<=\] \[)pid \d+(?::tid \d+)?(?=\])/g, fill: () => PROCESS },
  {
    name: 'client',
    in: 'error',
    find: /(?<= \[client )[^\]]+(?=:\d+\])/g,
    fill: ({ clientAddress }) => clientAddress,
  },
  {
    name: 'client-port',
    in: 'error',
    find: /(?<= \[client [^\]]+:)\d+(?=\])/g,
    fill: ({ id }) => String(40_000 + (id % 10_000)),
  },
  {
    name: 'upstream-address',
    in: 'error',
    find: new RegExp(
      String.raw`(?<=attempt to connect to |attempt to connect to \S+ \(|from remote server |disabling worker for \()${ADDRESS}`,
      'g',
    ),
    fill: ({ upstreamAddress }) => upstreamAddress,
  },
  {
    name: 'upstream-host',
    in: 'error',
    find: /(?<=DNS lookup failure for: )\S+/g,
    fill: ({ upstreamHost }) => upstreamHost,
  },
  {
    name: 'backend-host',
    in: 'error',
    find: /(?<=failed to make connection to backend: )\S+/g,
    fill: ({ upstreamHost }) => upstreamHost,
  },
  {
    name: 'client',
    in: 'error',
    find: /(?<= request body failed to \S+ \(\S+\) from )[^\s{]+(?= \()/g,
    fill: ({ clientAddress }) => clientAddress,
  },
  {
    name: 'backend-host',
    in: 'error',
    find: /(?<= request body failed to \S+ \()[\d.]+(?=\))/g,
    fill: ({ upstreamHost }) => upstreamHost,
  },
  // A certificate that was made for this session: its serial number is long, its dates are today's.
  {
    name: 'certificate-from',
    in: 'error',
    find: /(?<= serial: [\dA-F]{16,} \/ notbefore: )[^/]+(?= \/)/g,
    fill: () => 'Jan  5 08:00:00 2026 GMT',
  },
  {
    name: 'certificate-until',
    in: 'error',
    find: /(?<= serial: [\dA-F]{16,} \/ notbefore: [^/]+ \/ notafter: )[^\]]+(?=\])/g,
    fill: () => 'Jan  3 08:00:00 2036 GMT',
  },
  {
    name: 'certificate-serial',
    in: 'error',
    find: /(?<= serial: )[\dA-F]{16,}(?= \/)/g,
    fill: () => '5B0182628DDEBB5580F6F7878603FD79FC861B2E',
  },
  { name: 'path', in: 'error', find: /(?<= returned by )\/\S+/g, fill: ({ path }) => path },
  { name: 'method', in: 'error', find: /(?<= returned by \S+ \()[A-Z]+(?=\))/g, fill: ({ method }) => method },
];

/** The rules of Apache httpd. A name means the same value wherever it stands. */
export const APACHE_VOLATILE: readonly Volatile[] = [...HEAD, ...BODY, ...ACCESS, ...ERROR];
