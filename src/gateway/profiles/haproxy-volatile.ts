import type { Volatile, VolatileContext } from '../recording.ts';
import { digits, logTime } from './log-time.ts';
import { routeName } from './route-name.ts';

/**
 * The parts of HAProxy's log lines that change from run to run, or that belong to the reader's own request. The format is
 * `option httplog` (HAProxy's configuration manual §8.2.3), one line per request:
 *
 * `client:port [accepted] frontend backend/server TR/Tw/Tc/Tr/Ta status bytes - - tsc actconn/feconn/beconn/srv/retries queues "request"`
 *
 * HAProxy has no error log of requests, and writes no header that changes. What it says on stderr when it does not start
 * stands in the error log. Rules run in this order, each on the text that
 * the rules before it left; -1 stands for a phase that was not reached and is never masked.
 */

const whole = (ms: number | null): string => String(Math.round(ms ?? 0));

/** The answer of the server after the connection stood: Tr. */
const headMs = ({ connectMs, headerMs, responseMs }: VolatileContext): number =>
  Math.max(0, (headerMs ?? responseMs ?? 0) - (connectMs ?? 0));

/** The five timers in front of the status; `before` of them stand before the one that is meant. */
const timer = (before: number): RegExp =>
  new RegExp(String.raw`(?<= (?:be_\S+|fe\/<NOSRV>) (?:[^ /]+\/){${before}})\+?\d+(?=[/ ])`, 'g');

const ACCESS: readonly Volatile[] = [
  {
    name: 'client',
    in: 'access',
    find: /^\S+:\d+(?= \[)/g,
    fill: (context) => `${context.clientAddress}:${40_000 + (context.id % 10_000)}`,
  },
  {
    name: 'accept-time',
    in: 'access',
    find: /(?<= \[)[^\]]+(?=\] fe )/g,
    fill: ({ requestedAt }) => `${logTime(requestedAt)}.${digits(requestedAt % 1000, 3)}`,
  },
  { name: 'request-ms', in: 'access', find: timer(0), fill: () => '0' },
  {
    name: 'queue-ms',
    in: 'access',
    find: timer(1),
    fill: ({ connectMs, responseMs }) => whole(connectMs === null ? responseMs : 0),
  },
  { name: 'connect-ms', in: 'access', find: timer(2), fill: ({ connectMs }) => whole(connectMs) },
  { name: 'head-ms', in: 'access', find: timer(3), fill: (context) => whole(headMs(context)) },
  { name: 'total-ms', in: 'access', find: timer(4), fill: ({ responseMs }) => whole(responseMs) },
  { name: 'backend', in: 'access', find: /(?<=\] fe be_)\w+(?=\/)/g, fill: ({ path }) => routeName(path) },
  { name: 'path', in: 'access', find: /(?<= "[A-Z]+ )\S+(?= HTTP\/\d\.\d"$)/g, fill: ({ path }) => path },
  { name: 'method', in: 'access', find: /(?<= ")[A-Z]+(?= \S+ HTTP\/\d\.\d"$)/g, fill: ({ method }) => method },
];

const ERROR: readonly Volatile[] = [
  { name: 'process', in: 'error', find: /(?<=^\[[A-Z]+\] +\()\d+(?=\) : )/g, fill: () => '29' },
  { name: 'config-line', in: 'error', find: /(?<=haproxy\.cfg:)\d+(?=\] : )/g, fill: () => '23' },
  {
    name: 'upstream-host',
    in: 'error',
    find: /(?<=could not resolve address ')[^']+(?=')/g,
    fill: ({ upstreamHost }) => upstreamHost,
  },
  { name: 'backend', in: 'error', find: /(?<='server be_)\w+(?=\/)/g, fill: ({ path }) => routeName(path) },
];

/** The rules of HAProxy. A name means the same value wherever it stands. */
export const HAPROXY_VOLATILE: readonly Volatile[] = [...ACCESS, ...ERROR];
