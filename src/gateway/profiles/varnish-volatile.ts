import type { Volatile, VolatileContext } from '../recording.ts';
import { commonLogTime } from './log-time.ts';
import { routeName } from './route-name.ts';

/**
 * The parts of Varnish's answers and log lines that change from run to run, or that belong to the reader's own request.
 * Access log: the varnishncsa format of tools/recorder/gateways/varnish.ts. Error log: those records of
 * `varnishlog -g request` that say why something failed.
 */

/**
 * Varnish numbers what it does (VXID): a request, its fetch from the backend, and the next connection share one row.
 * Its threads count in blocks of 32768, so that the numbers have five digits from early on.
 */
const requestNumber = ({ id }: VolatileContext): number => 32_770 + 3 * ((id - 1) % 20_000);

/** The head goes out when the backend's head has come, or when Varnish has given up on it. */
const headSentAt = ({ requestedAt, headerMs, finishedAt }: VolatileContext): number =>
  headerMs === null ? finishedAt : Math.min(requestedAt + headerMs, finishedAt);

const HEAD: readonly Volatile[] = [
  {
    name: 'date',
    in: 'head',
    find: /(?<=^Date: )[^\r\n]+/gm,
    fill: (context) => new Date(headSentAt(context)).toUTCString(),
  },
  {
    name: 'request-number',
    in: 'head',
    find: /(?<=^X-Varnish: )\d+/gm,
    fill: (context) => String(requestNumber(context)),
  },
];

const BODY: readonly Volatile[] = [
  {
    name: 'fetch-number',
    in: 'body',
    find: /(?<=<p>XID: )\d+/g,
    fill: (context) => String(requestNumber(context) + 1),
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
  { name: 'host', in: 'access', find: /(?<=\] "\S+ http:\/\/)[^/"\s]+(?=\/)/g, fill: ({ host }) => host },
  {
    name: 'path',
    in: 'access',
    find: /(?=\/)(?<=\] "\S+ http:\/\/[^/\s]+)\/\S*(?= HTTP\/\d)/g,
    fill: ({ path }) => path,
  },
  {
    name: 'page-bytes',
    in: 'access',
    // The error page has the number of the fetch in it, of two to six digits.
    find: /(?<=" 503 )(?:27[5-9]|28\d)(?= ")/g,
    fill: ({ bodyBytes }) => String(bodyBytes),
  },
  {
    name: 'user-agent',
    in: 'access',
    find: /(?<=" ")[^"]+(?=" handling=)/g,
    fill: ({ userAgent }) => userAgent || '-',
  },
];

const ERROR: readonly Volatile[] = [
  {
    name: 'backend',
    in: 'error',
    find: /(?<= FetchError +(?:backend |Director d_))\w+?(?=_\d+: | returned no backend)/g,
    fill: ({ path }) => routeName(path),
  },
  // What it says when it does not start.
  { name: 'vcl-name', in: 'error', find: /(?<=vcl_boot\.)[\d.]+(?=\/)/g, fill: () => '1768467600.000000' },
  { name: 'backend', in: 'error', find: /(?<=^backend )\w+?(?=_\d+ \{)/g, fill: ({ path }) => routeName(path) },
  {
    name: 'upstream-host',
    in: 'error',
    find: /(?<=Backend host '"|\.host = ")[^"]+(?=")/g,
    fill: ({ upstreamHost }) => upstreamHost,
  },
  {
    name: 'upstream-port',
    in: 'error',
    find: /(?<=\.port = ")\d+(?=")/g,
    fill: ({ upstreamAddress }) => upstreamAddress.replace(/.*:/, ''),
  },
];

/** The rules of Varnish. A name means the same value wherever it stands. */
export const VARNISH_VOLATILE: readonly Volatile[] = [...HEAD, ...BODY, ...ACCESS, ...ERROR];
