import type { ClientView, Exchange, ExchangeRequest, Header, TransportError } from '../gateway/exchange.ts';
import { headerValue, headerValues, parseHead } from '../gateway/http-message.ts';
import { RUN_EPOCH } from '../gateway/run-epoch.ts';
import type { RunResult } from '../sandbox/protocol.ts';
import { base64, utf8Text } from './byte-text.ts';
import type { Har, HarCookie, HarEntry, HarNameValue, HarRequest, HarResponse, HarTimings } from './har-format.ts';
import { TRANSPORT_WORDS } from './outcome-words.ts';
import { provenanceText } from './provenance-words.ts';

/** What Chromium calls these errors in the archives that it writes: net/base/net_error_list.h. */
const NET_ERRORS: Readonly<Record<TransportError, string>> = {
  'empty-reply': 'net::ERR_EMPTY_RESPONSE',
  reset: 'net::ERR_CONNECTION_RESET',
  timeout: 'net::ERR_TIMED_OUT',
  truncated: 'net::ERR_CONTENT_LENGTH_MISMATCH',
  'not-http': 'net::ERR_INVALID_HTTP_RESPONSE',
  refused: 'net::ERR_CONNECTION_REFUSED',
  unreachable: 'net::ERR_ADDRESS_UNREACHABLE',
  dns: 'net::ERR_NAME_NOT_RESOLVED',
  tls: 'net::ERR_SSL_PROTOCOL_ERROR',
  aborted: 'net::ERR_ABORTED',
};

const PAGE = 'run';

/**
 * A run as an HTTP archive (HAR 1.2): every exchange, failures too. Without a response the status is 0, and `_error` and a
 * comment say what happened. Dates are simulated: every run starts at the same one.
 */
export function harOf(result: Pick<RunResult, 'exchanges'>, title: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Gateway Lab', version: '1', comment: 'Simulated: no request left the browser.' },
      pages: [{ startedDateTime: dateOf(0), id: PAGE, title, pageTimings: { onContentLoad: -1, onLoad: -1 } }],
      entries: result.exchanges.map(entryOf),
      comment: 'Times are simulated. What HAR has no place for is in _gateway.',
    },
  };
}

/** A file name for the archive of a run, e.g. `a-502-twice-then-the-answer.har`. */
export const harFileName = (title: string): string =>
  `${
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'run'
  }.har`;

const dateOf = (at: number): string => new Date(RUN_EPOCH + at).toISOString();

function entryOf(exchange: Exchange): HarEntry {
  const { gateway, fault, cause, verdict, log, program } = exchange;
  const hidden = program ? ` The program was told ${program.error}: ${program.why}` : '';
  return {
    pageref: PAGE,
    startedDateTime: dateOf(exchange.startedAt),
    time: exchange.client.elapsedMs,
    request: requestOf(exchange.request),
    response: responseOf(exchange),
    cache: {},
    timings: timingsOf(exchange),
    comment: `${gateway.id}: ${verdict}.${hidden} ${provenanceText(gateway.provenance)}`,
    _resourceType: 'fetch',
    _gateway: {
      id: gateway.id,
      version: gateway.version,
      fault,
      cause,
      verdict,
      accessLog: log.access,
      errorLog: log.error,
    },
  };
}

/** The request is sent at once; the client waits until the first byte, or until it gives up. */
function timingsOf({ wire, client }: Exchange): HarTimings {
  const first = wire.find(({ kind }) => kind === 'bytes')?.at ?? client.elapsedMs;
  const wait = Math.min(first, client.elapsedMs);
  return { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait, receive: client.elapsedMs - wait };
}

function requestOf({ method, url, headers, body }: ExchangeRequest): HarRequest {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const path = parsed ? parsed.pathname + parsed.search : url;
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: headerValues(headers, 'cookie').flatMap((value) => value.split(/; */).map(cookiePair)),
    headers: headers.map(nameAndValue),
    queryString: parsed ? [...parsed.searchParams].map(nameAndValue) : [],
    ...(body === '' ? {} : { postData: postDataOf(headers, body) }),
    headersSize: sizeOfHead(`${method} ${path} HTTP/1.1`, headers),
    bodySize: body.length,
  };
}

function postDataOf(headers: readonly Header[], body: string): NonNullable<HarRequest['postData']> {
  const mimeType = headerValue(headers, 'content-type') ?? '';
  const text = utf8Text(body);
  if (text !== null) return { mimeType, text };
  return { mimeType, text: base64(body), comment: 'Not text: the bytes as base64.', _encoding: 'base64' };
}

const sizeOfHead = (line: string, headers: readonly Header[]): number =>
  headers.reduce((size, [name, value]) => size + name.length + value.length + 4, line.length + 4);

function responseOf({ wire, request, client }: Exchange): HarResponse {
  const bytes = wire.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  const error = client.error === null ? null : NET_ERRORS[client.error];
  const comment = client.error === null ? {} : { comment: `No complete response: ${TRANSPORT_WORDS[client.error]}.` };
  const parsed = parseHead(bytes, request.method);
  if (client.status === null) {
    const content =
      client.body === '' ? { size: 0, mimeType: 'x-unknown' } : { ...textOf(client.body), mimeType: 'x-unknown' };
    return { ...NO_RESPONSE, content, ...comment, _error: error, _transferSize: bytes.length };
  }
  const { headers } = client;
  const mimeType = headerValue(headers, 'content-type') ?? 'x-unknown';
  const headersSize = parsed.kind === 'head' ? parsed.bodyStart : -1;
  return {
    status: client.status,
    statusText: client.reason ?? '',
    httpVersion: parsed.kind === 'head' ? parsed.head.version : 'HTTP/1.1',
    cookies: headerValues(headers, 'set-cookie').map(setCookie),
    headers: headers.map(nameAndValue),
    content: { ...textOf(client.body), mimeType, ...stillEncoded(client) },
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize,
    bodySize: headersSize < 0 ? -1 : bytes.length - headersSize,
    ...comment,
    _error: error,
    _transferSize: bytes.length,
  };
}

const NO_RESPONSE = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
} as const;

function textOf(body: string): { size: number; text: string; encoding?: 'base64' } {
  const text = utf8Text(body);
  return text === null ? { size: body.length, text: base64(body), encoding: 'base64' } : { size: body.length, text };
}

function stillEncoded({ headers, body }: ClientView): { comment?: string } {
  const encoding = headerValue(headers, 'content-encoding');
  return encoding === null || body === '' ? {} : { comment: `The bytes as they traveled, encoded as ${encoding}.` };
}

const nameAndValue = ([name, value]: readonly [string, string]): HarNameValue => ({ name, value });

function cookiePair(text: string): HarNameValue {
  const [name = '', ...value] = text.split('=');
  return { name: name.trim(), value: value.join('=').trim() };
}

function setCookie(text: string): HarCookie {
  const [first = '', ...attributes] = text.split(';');
  const cookie: { -readonly [Key in keyof HarCookie]: HarCookie[Key] } = cookiePair(first);
  for (const { name, value } of attributes.map(cookiePair)) {
    const key = name.toLowerCase();
    if (key === 'path') cookie.path = value;
    if (key === 'domain') cookie.domain = value;
    if (key === 'httponly') cookie.httpOnly = true;
    if (key === 'secure') cookie.secure = true;
    if (key === 'expires' && !Number.isNaN(Date.parse(value))) cookie.expires = new Date(value).toISOString();
  }
  return cookie;
}
