import type { Volatile, VolatileContext } from '../recording.ts';
import { digits, slashedTime } from './log-time.ts';

/**
 * The parts of Squid's answers and log lines that change from run to run, or that belong to the reader's own request.
 * Access log: Squid's native format with its own error code, see tools/recorder/gateways/squid.ts. Error log: cache.log.
 * Squid's error pages repeat the URL and the date. Rules of one place run in this order, each on the text that the rules
 * before it left. A look-behind of any length stands behind a look-ahead, so that a body of a megabyte costs no minutes.
 */

/** Squid writes the URL as it understood it, and drops the query's end after `?` in its logs (strip_query_terms). */
const withoutQuery = (path: string): string => path.replace(/\?.*/s, '?');

/** The head goes out when the server's head has come, or when Squid has given up on it. */
const headSentAt = ({ requestedAt, headerMs, finishedAt }: VolatileContext): number =>
  headerMs === null ? finishedAt : Math.min(requestedAt + headerMs, finishedAt);

const httpDate = (context: VolatileContext): string => new Date(headSentAt(context)).toUTCString();

/** Squid tells the address that it used; where the scenario names the server, one for documentation (RFC 5737) stands in. */
const peerAddress = ({ upstreamAddress }: VolatileContext): string =>
  /^[\d.]+(?=:)/.exec(upstreamAddress)?.[0] ?? '192.0.2.10';

const HEAD: readonly Volatile[] = [
  { name: 'date', in: 'head', find: /(?<=^Date: )[^\r\n]+/gm, fill: httpDate },
  // Port on which Squid listens.
  { name: 'listen-port', in: 'head', find: /(?<=^X-Cache-Lookup: \S+ from gw\.squid:)\d+/gm, fill: () => '80' },
];

const BODY: readonly Volatile[] = [
  { name: 'host', in: 'body', find: /(?<=(?:<a href="|">)http:\/\/)[^/"<]+(?=\/)/g, fill: ({ host }) => host },
  { name: 'path', in: 'body', find: /(?=\/)(?<=(?:<a href="|">)http:\/\/[^/"<]+)\/[^"<]*/g, fill: ({ path }) => path },
  { name: 'peer', in: 'body', find: /(?<=Connection to )[\d.]+(?= failed)/g, fill: peerAddress },
  { name: 'date', in: 'body', find: /(?<=<p>Generated )\w{3}, [^<]+? GMT(?= by )/g, fill: httpDate },
];

const ACCESS: readonly Volatile[] = [
  {
    name: 'access-time',
    in: 'access',
    find: /^\d+\.\d{3}/g,
    fill: ({ finishedAt }) => `${Math.floor(finishedAt / 1000)}.${digits(finishedAt % 1000, 3)}`,
  },
  {
    name: 'duration',
    in: 'access',
    find: /(?<=^\S+) +\d+(?= )/g,
    fill: ({ requestedAt, finishedAt }) => ` ${String(Math.round(finishedAt - requestedAt)).padStart(6)}`,
  },
  {
    name: 'client',
    in: 'access',
    find: /(?<=^\S+ ?\S* )[\d.]+(?= \w+\/\d{3} )/g,
    fill: ({ clientAddress }) => clientAddress,
  },
  { name: 'sent-bytes', in: 'access', find: /(?<= \w+\/\d{3} )\d+(?= )/g, fill: ({ sentBytes }) => String(sentBytes) },
  { name: 'method', in: 'access', find: /(?<= \w+\/\d{3} \S+ )[A-Z]+(?= http:\/\/)/g, fill: ({ method }) => method },
  { name: 'host', in: 'access', find: /(?<= http:\/\/)[^/\s]+(?=\/)/g, fill: ({ host }) => host },
  {
    name: 'logged-path',
    in: 'access',
    find: /(?=\/)(?<= http:\/\/[^/\s]+)\/\S*/g,
    fill: ({ path }) => withoutQuery(path),
  },
  {
    name: 'peer',
    in: 'access',
    find: /(?<= \w+_PARENT\/)[\d.]+(?= )/g,
    fill: peerAddress,
  },
];

const ERROR: readonly Volatile[] = [
  {
    name: 'error-time',
    in: 'error',
    find: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?=( kid\d+)?\|)/g,
    fill: ({ finishedAt }) => slashedTime(finishedAt),
  },
  {
    name: 'peer-and-port',
    in: 'error',
    find: /(?<=TCP connection to )[\d.]+\/\d+/g,
    fill: ({ upstreamAddress }) => upstreamAddress.replace(/:(?=\d+$)/, '/'),
  },
  { name: 'host', in: 'error', find: /(?<= http:\/\/)[^/\s]+(?=\/)/g, fill: ({ host }) => host },
  { name: 'path', in: 'error', find: /(?=\/)(?<= http:\/\/[^/\s]+)\/\S*/g, fill: ({ path }) => path },
];

/** The rules of Squid. A name means the same value wherever it stands. */
export const SQUID_VOLATILE: readonly Volatile[] = [...HEAD, ...BODY, ...ACCESS, ...ERROR];
