import type { Volatile, VolatileContext } from '../recording.ts';
import { clockTime, digits } from './log-time.ts';

/**
 * The parts of Traffic Server's answers and log lines that change from run to run, or that belong to the reader's own
 * request. The access log is the format of tools/recorder/gateways/trafficserver.ts. Lines of the error log begin with
 * `20261121.20h27m06s`, those of the diagnostic log with `[Nov 21 20:27:06.123] [thread]`.
 */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `20260115.09h00m00s`. */
function errorTime(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getUTCFullYear()}${digits(date.getUTCMonth() + 1, 2)}${digits(date.getUTCDate(), 2)}`;
  const [hours, minutes, seconds] = clockTime(date).split(':');
  return `${day}.${hours ?? ''}h${minutes ?? ''}m${seconds ?? ''}s`;
}

/** `Jan 15 09:00:00.123`. */
function diagnosticTime(ms: number): string {
  const date = new Date(ms);
  return `${MONTHS[date.getUTCMonth()] ?? ''} ${digits(date.getUTCDate(), 2)} ${clockTime(date)}.${digits(ms % 1000, 3)}`;
}

/** The head goes out when the upstream's head has come, or when Traffic Server has given up on it. */
const headSentAt = ({ requestedAt, headerMs, finishedAt }: VolatileContext): number =>
  headerMs === null ? finishedAt : Math.min(requestedAt + headerMs, finishedAt);

/** It knows a TLS server, and servers that share its requests, by a name. */
const NAMED_SERVER = /(?<=https?:\/\/)(?:upstream|rr)\.test:\d+/g;
const namedServer = (place: 'access' | 'error'): Volatile => ({
  name: 'upstream-address',
  in: place,
  find: NAMED_SERVER,
  fill: ({ upstreamAddress }) => upstreamAddress,
});

/** Rules of one place run in this order, each on the text that the rules before it left. */
export const TRAFFICSERVER_VOLATILE: readonly Volatile[] = [
  namedServer('access'),
  namedServer('error'),
  {
    name: 'date',
    in: 'head',
    find: /(?<=^date: )[^\r\n]+/gim,
    fill: (context) => new Date(headSentAt(context)).toUTCString(),
  },
  {
    // Seconds that the answer has been on its way, by the full seconds of the clock.
    name: 'age',
    in: 'head',
    find: /(?<=^age: )\d+(?=\r?$)/gim,
    fill: (context) => String(Math.floor(headSentAt(context) / 1000) - Math.floor(context.requestedAt / 1000)),
  },
  {
    name: 'request-epoch',
    in: 'access',
    find: /^\d+\.\d{3}(?= )/g,
    fill: ({ requestedAt }) => (requestedAt / 1000).toFixed(3),
  },
  {
    name: 'total-ms',
    in: 'access',
    find: /(?<=^\S+ )\d+(?= )/g,
    fill: ({ responseMs }) => String(Math.round(responseMs ?? 0)),
  },
  {
    name: 'client',
    in: 'access',
    find: /(?<=^\S+ \S+ )\S+(?= [A-Z_]+\/\d{3} )/g,
    fill: ({ clientAddress }) => clientAddress,
  },
  {
    // Of a long answer it counts what it got rid of, and Age has as many digits as the answer took time.
    name: 'sent-bytes',
    in: 'access',
    find: /(?<=\/\d{3} )\d{5,}(?= [A-Z]+ https?:)/g,
    fill: ({ sentBytes }) => String(sentBytes),
  },
  // It writes the URL that it asks the server for.
  { name: 'path', in: 'access', find: /(?<= https?:\/\/[^/ ]+)\/\S*(?= )/g, fill: ({ path }) => path },
  { name: 'method', in: 'access', find: /(?<=\/\d{3} \S+ )[A-Z]+(?= https?:)/g, fill: ({ method }) => method },
  { name: 'upstream-host', in: 'access', find: /(?<= DIRECT\/)\S+/g, fill: ({ upstreamHost }) => upstreamHost },
  {
    name: 'error-time',
    in: 'error',
    find: /^\d{8}\.\d\dh\d\dm\d\ds/g,
    fill: ({ finishedAt }) => errorTime(finishedAt),
  },
  {
    name: 'diagnostic-time',
    in: 'error',
    find: /(?<=^\[)[A-Z][a-z]{2} [ \d]\d [\d:.]+(?=\])/g,
    fill: ({ finishedAt }) => diagnosticTime(finishedAt),
  },
  { name: 'host', in: 'error', find: /(?<= for host=')[^']+(?=')/g, fill: ({ host }) => host },
  { name: 'path', in: 'error', find: /(?<=https?:\/\/[^/' ]+)\/[^' ]*(?='|$| )/g, fill: ({ path }) => path },
];
