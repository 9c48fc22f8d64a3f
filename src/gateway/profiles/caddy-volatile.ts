import type { Header } from '../exchange.ts';
import { seededRandom } from '../random.ts';
import type { Volatile, VolatileContext } from '../recording.ts';
import { GO_ERRORS } from './go-errors.ts';
import { headerObject } from './go-headers.ts';
import { HEAD_DATE } from './head-date.ts';

/**
 * The parts of Caddy's answers and log lines that change from run to run, or that belong to the reader's own request.
 * Both logs are JSON, one object per line. Go writes the keys of a map in random order, so the objects that hold headers
 * are masked whole. Rules of one place run in this order, each on the text that the rules before it left.
 */

type Rule = Omit<Volatile, 'in'>;

/** Text as it stands inside a JSON string. */
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
const seconds = (ms: number): string => String(ms / 1000);

/** Go keeps Host apart from the other headers. */
const requestHeaders = (context: VolatileContext): Header[] =>
  context.requestHeaders.filter(([name]) => name.toLowerCase() !== 'host');

const forwarded = (context: VolatileContext): Header[] => [
  ...requestHeaders(context),
  ['X-Forwarded-For', context.clientAddress],
  ['X-Forwarded-Proto', 'http'],
  ['X-Forwarded-Host', context.host],
  ['Via', '1.1 Caddy'],
];

/** Headers that Go's server adds below the handler, which does the logging; the length of nothing is one of them. */
const addedBelow = ([name, value]: Header): boolean =>
  /^(?:date|connection|transfer-encoding)$/i.test(name) || (/^content-length$/i.test(name) && value === '0');

/** Where the client left before it got a head, the log has Caddy's own. */
const responseHeaders = ({ head }: VolatileContext): Header[] =>
  (head?.headers ?? [['Server', 'Caddy'] as const]).filter((header) => !addedBelow(header));

/** Caddy's id of an error: nine characters without the ones that look alike (caddyhttp/errors.go, randString). */
const ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz0123456789';
function errorId({ id, requestedAt }: VolatileContext): string {
  const random = seededRandom(requestedAt + id);
  return Array.from({ length: 9 }, () => ID_LETTERS[Math.floor(random() * ID_LETTERS.length)]).join('');
}

const EITHER_LOG: readonly Rule[] = [
  { name: 'time', find: /(?<="ts":)[\d.]+(?=,)/g, fill: ({ finishedAt }) => seconds(finishedAt) },
  { name: 'client', find: /(?<="(?:remote_ip|client_ip)":")[^"]+(?=")/g, fill: ({ clientAddress }) => clientAddress },
  {
    name: 'client-port',
    find: /(?<="remote_port":")\d+(?=")/g,
    fill: ({ id }) => String(40_000 + (id % 10_000)),
  },
  { name: 'method', find: /(?<="method":")[^"]+(?=")/g, fill: ({ method }) => method },
  { name: 'host', find: /(?<="host":")[^"]+(?=")/g, fill: ({ host }) => quoted(host) },
  { name: 'path', find: /(?<="uri":")[^"]+(?=")/g, fill: ({ path }) => quoted(path) },
  {
    name: 'upstream-request-headers',
    find: /(?<="headers":)\{[^{}]*"X-Forwarded-For"[^{}]*\}/g,
    fill: (context) => headerObject(forwarded(context)),
  },
  {
    name: 'request-headers',
    find: /(?<="headers":)\{"[^{}]*\}/g,
    fill: (context) => headerObject(requestHeaders(context)),
  },
  { name: 'seconds', find: /(?<="duration":)[\d.e-]+(?=[,}])/g, fill: ({ responseMs }) => seconds(responseMs ?? 0) },
];

const ACCESS_ONLY: readonly Rule[] = [
  {
    name: 'request-bytes',
    find: /(?<="bytes_read":)\d+(?=,)/g,
    fill: ({ requestBytes }) => String(requestBytes),
  },
  {
    name: 'response-headers',
    find: /(?<="resp_headers":)\{[^{}]*\}/g,
    fill: (context) => headerObject(responseHeaders(context)),
  },
];

const ERROR_ONLY: readonly Rule[] = [
  { name: 'error-id', find: /(?<="err_id":"|\{id=)[a-z\d]{9}(?=["}])/g, fill: errorId },
  {
    name: 'upstream-address',
    find: /(?<="(?:upstream|dial|address)":")\d+(?:\.\d+){3}:\d+/g,
    fill: ({ upstreamAddress }) => upstreamAddress,
  },
  ...GO_ERRORS,
];

const inLog = (place: Volatile['in'], rules: readonly Rule[]): Volatile[] =>
  rules.map((rule) => ({ ...rule, in: place }));

/** The rules of Caddy. A name means the same value wherever it stands. */
export const CADDY_VOLATILE: readonly Volatile[] = [
  HEAD_DATE,
  ...inLog('access', [...EITHER_LOG, ...ACCESS_ONLY]),
  ...inLog('error', [...EITHER_LOG, ...ERROR_ONLY]),
];
