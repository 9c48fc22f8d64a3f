import { httpDate, oncePerSecond } from '../http-date.ts';
import type { AttemptTimes, Volatile, VolatileContext } from '../recording.ts';

/**
 * The parts of nginx's answers and log lines that change from run to run, or that belong to the reader's own request.
 * The recorder puts placeholders in their place, the simulator fills them, the conformance test masks both sides.
 * Rules of one place run in this order, each on the text that the rules before it left.
 *
 * Log formats: the `lab` format of tools/recorder/gateways/nginx.ts; error log: ngx_log_error_core and
 * ngx_http_log_error_handler. Every log time is UTC.
 */

const ADDRESS = String.raw`(?:\d+(?:\.\d+){3}|\[[\da-f:]+\]):\d+`;

/** How the simulated worker process signs its lines: process and thread. */
const WORKER = '29#29';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

function clockOf(date: Date): string {
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
}

/** `15/Jan/2026:09:00:00 +0000`, nginx's $time_local. */
const accessTime = oncePerSecond((ms) => {
  const date = new Date(ms);
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clockOf(date)} +0000`;
});

/** `2026/01/15 09:00:00`, the start of an error-log line. */
const errorTime = oncePerSecond((ms) => {
  const date = new Date(ms);
  return `${date.getUTCFullYear()}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())} ${clockOf(date)}`;
});

/** Seconds with milliseconds, as nginx writes durations. A phase that was not reached is `-` in the log, and never masked. */
const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** The head goes out when the upstream's head has come, or when nginx has given up on it. */
const headSentAt = (context: VolatileContext): number =>
  context.headerMs === null ? context.finishedAt : Math.min(context.requestedAt + context.headerMs, context.finishedAt);

/** The first of several attempts; a single one has the times of the whole exchange. */
const first = (attempts: readonly AttemptTimes[]): AttemptTimes | undefined =>
  attempts.length > 1 ? attempts[0] : undefined;

/** Where nginx tried several servers, it lists the times of each: those of the second and later ones. */
const LATER_TIMES: readonly Volatile[] = (
  [
    ['connect-time-2', /(?<= uct="[^"]*, )\d+\.\d{3}/g, 'connectMs'],
    ['header-time-2', /(?<= uht="[^"]*, )\d+\.\d{3}/g, 'headerMs'],
    ['response-time-2', /(?<= urt="[^"]*, )\d+\.\d{3}/g, 'responseMs'],
  ] as const
).map(([name, find, phase]) => ({
  name,
  in: 'access',
  find,
  fill: ({ attempts }) => seconds(attempts.at(-1)?.[phase] ?? attempts.at(-1)?.responseMs ?? 0),
}));

const HEAD: readonly Volatile[] = [
  {
    name: 'date',
    in: 'head',
    find: /(?<=^Date: )[^\r\n]+/gm,
    fill: (context) => httpDate(headSentAt(context)),
  },
];

const ACCESS: readonly Volatile[] = [
  { name: 'client', in: 'access', find: /^\S+(?= - )/g, fill: (context) => context.clientAddress },
  {
    name: 'access-time',
    in: 'access',
    find: /(?<= \[)[^\]]+(?=\] ")/g,
    fill: (context) => accessTime(context.finishedAt),
  },
  { name: 'path', in: 'access', find: /(?<=\] "[A-Z]+ )\S+(?= HTTP\/)/g, fill: (context) => context.path },
  { name: 'method', in: 'access', find: /(?<=\] ")[A-Z]+(?= )/g, fill: (context) => context.method },
  { name: 'user-agent', in: 'access', find: /(?<=" ")[^"]+(?=" rt=)/g, fill: (context) => context.userAgent || '-' },
  {
    name: 'request-time',
    in: 'access',
    find: /(?<= rt=)\d+\.\d{3}/g,
    fill: (context) => seconds(context.finishedAt - context.requestedAt),
  },
  ...LATER_TIMES,
  {
    name: 'connect-time',
    in: 'access',
    find: /(?<= uct="[^"]*)\d+\.\d{3}/g,
    fill: ({ attempts, connectMs }) => seconds(first(attempts)?.connectMs ?? connectMs ?? 0),
  },
  {
    name: 'header-time',
    in: 'access',
    find: /(?<= uht="[^"]*)\d+\.\d{3}/g,
    fill: ({ attempts, headerMs, responseMs }) => seconds(first(attempts)?.headerMs ?? headerMs ?? responseMs ?? 0),
  },
  {
    name: 'response-time',
    in: 'access',
    find: /(?<= urt="[^"]*)\d+\.\d{3}/g,
    fill: ({ attempts, responseMs }) => seconds(first(attempts)?.responseMs ?? responseMs ?? 0),
  },
  {
    name: 'upstream-address',
    in: 'access',
    find: new RegExp(`(?<= ua="[^"]*)${ADDRESS}`, 'g'),
    fill: (context) => context.upstreamAddress,
  },
];

const ERROR: readonly Volatile[] = [
  {
    name: 'error-time',
    in: 'error',
    find: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g,
    fill: (context) => errorTime(context.finishedAt),
  },
  { name: 'worker', in: 'error', find: /(?<=\] )\d+#\d+(?=: )/g, fill: () => WORKER },
  {
    name: 'connection',
    in: 'error',
    find: /(?<=: \*)\d+(?= )/g,
    // nginx counts the client's and the upstream's connections in one row, so requests see every second number.
    fill: (context) => String(2 * context.id - 1),
  },
  {
    name: 'upstream-host',
    in: 'error',
    find: /(?<=: \*\S+ )\S+(?= could not be resolved)/g,
    fill: (context) => context.upstreamHost,
  },
  { name: 'client', in: 'error', find: /(?<=, client: )[^,]+/g, fill: (context) => context.clientAddress },
  {
    name: 'server-name',
    in: 'error',
    find: /(?<=, server: )[^,]+/g,
    fill: (context) => context.host.replace(/:\d+$/, ''),
  },
  { name: 'path', in: 'error', find: /(?<=, request: "[A-Z]+ )\S+(?= HTTP\/)/g, fill: (context) => context.path },
  { name: 'method', in: 'error', find: /(?<=, request: ")[A-Z]+(?= )/g, fill: (context) => context.method },
  {
    name: 'upstream-address',
    in: 'error',
    find: new RegExp(`(?<=, upstream: "[a-z]+://)${ADDRESS}`, 'g'),
    fill: (context) => context.upstreamAddress,
  },
  {
    name: 'path',
    in: 'error',
    find: /(?<=, upstream: "[a-z]+:\/\/[^/"]+)\/[^"]*(?=")/g,
    fill: (context) => context.path,
  },
  {
    name: 'temporary-file',
    in: 'error',
    // nginx numbers the files in which it stores large bodies.
    find: /(?<= temporary file \S*\/)\d{10}/g,
    fill: (context) => String(context.id).padStart(10, '0'),
  },
  { name: 'host', in: 'error', find: /(?<=, host: ")[^"]+(?=")/g, fill: (context) => context.host },
];

/** The rules of nginx. A name means the same value wherever it stands. */
export const NGINX_VOLATILE: readonly Volatile[] = [...HEAD, ...ACCESS, ...ERROR];
