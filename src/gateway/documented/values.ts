import type { ExchangeRequest } from '../exchange.ts';
import { headerValue } from '../http-message.ts';
import { clockTime, commonLogTime, slashedTime } from '../profiles/log-time.ts';

/** What the placeholders of one documented answer are filled from. Times of day in ms since the epoch. */
export interface Occasion {
  readonly id: number;
  readonly request: ExchangeRequest;
  readonly requestedAt: number;
  readonly finishedAt: number;
  readonly upstream: string;
  readonly attempts: number;
  /** Status code that the client got; null when none. */
  readonly status: number | null;
  readonly bodyBytes: number;
  readonly sentBytes: number;
}

/** The client's address in every log line, from the range for documentation (RFC 5737). */
const CLIENT = '203.0.113.7';

/** Hexadecimal digits that differ from one exchange to the next and are always the same for one. */
function steadyHex(id: number, length: number): string {
  let text = '';
  for (let seed = id; text.length < length; seed++) {
    text += (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0).toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}

/** The values that texts in `content/documented/` may name. */
export function valuesOf(occasion: Occasion): Readonly<Record<string, string>> {
  const { id, request, requestedAt, finishedAt, upstream, attempts, status, bodyBytes, sentBytes } = occasion;
  const url = new URL(request.url);
  const elapsed = finishedAt - requestedAt;
  const iso = (ms: number): string => new Date(ms).toISOString();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const uuid = steadyHex(id, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return {
    method: request.method,
    path: url.pathname + url.search,
    pathname: url.pathname,
    query: url.search.slice(1),
    host: url.host,
    hostname: url.hostname,
    scheme: url.protocol.slice(0, -1),
    url: `${url.protocol}//${url.hostname}:${port}${url.pathname}${url.search}`,
    'user-agent': headerValue(request.headers, 'user-agent') ?? '-',
    client: CLIENT,
    'client-port': String(40_000 + (id % 10_000)),
    upstream,
    upstreams: Array.from({ length: Math.max(1, attempts) }, () => upstream).join(', '),
    status: String(status ?? 0),
    statuses: Array.from({ length: Math.max(1, attempts) }, () => String(status ?? 0)).join(', '),
    'body-bytes': String(bodyBytes),
    'sent-bytes': String(sentBytes),
    'received-bytes': String(receivedBytes(request)),
    date: new Date(finishedAt).toUTCString(),
    'request-time': iso(requestedAt),
    'answer-time': iso(finishedAt),
    day: iso(finishedAt).slice(0, 10),
    clock: clockTime(new Date(finishedAt)),
    'common-time': commonLogTime(finishedAt),
    'slashed-time': slashedTime(finishedAt),
    'elapsed-ms': String(Math.round(elapsed)),
    'elapsed-s': (elapsed / 1000).toFixed(3),
    'attempt-s': Array.from({ length: Math.max(1, attempts) }, () =>
      (elapsed / Math.max(1, attempts) / 1000).toFixed(3),
    ).join(', '),
    hex: steadyHex(id, 16),
    'long-hex': steadyHex(id, 32),
    uuid,
  };
}

/** Size of the request as it travels: request line, headers and body. */
function receivedBytes({ method, url, headers, body }: ExchangeRequest): number {
  const { pathname, search } = new URL(url);
  const head = headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  return `${method} ${pathname}${search} HTTP/1.1`.length + 4 + head + body.length;
}

/** Fills placeholders; fields may hold placeholders themselves. Throws on a name that nothing defines. */
export function fillText(
  text: string,
  fields: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): string {
  return text.replace(/\{\{([\w-]+)\}\}/g, (_, name: string) => {
    const field = fields[name];
    if (field !== undefined) return fillText(field, without(fields, name), values);
    const value = values[name];
    if (value !== undefined) return value;
    throw new Error(
      `Nothing fills the placeholder {{${name}}}; the values are ${Object.keys({ ...fields, ...values }).join(', ')}.`,
    );
  });
}

/** A field that names itself means the value of that name. */
const without = (fields: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
