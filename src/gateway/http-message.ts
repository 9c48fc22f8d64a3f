import type { Header } from './exchange.ts';

/** Reading HTTP/1.x responses out of bytes (RFC 9112). Bytes are latin1 text throughout: one char per byte. */

export interface ResponseHead {
  /** `HTTP/1.1`, as sent. */
  readonly version: string;
  readonly status: number;
  /** Null when the status line ends after the code. */
  readonly reason: string | null;
  readonly headers: readonly Header[];
}

/** How the end of a body is known (RFC 9112 §6.3). `close`: only by the end of the connection, so a cut cannot be told. */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

export type ParsedHead =
  | { readonly kind: 'head'; readonly head: ResponseHead; readonly framing: Framing; readonly bodyStart: number }
  /** The head is not complete yet. */
  | { readonly kind: 'incomplete' }
  /** These bytes do not start an HTTP/1.x response. */
  | { readonly kind: 'not-http' };

const STATUS_LINE = /^(HTTP\/\d(?:\.\d)?) (\d{3})(?: ([^\r\n]*))?\r?\n/;

/** Values of a header, in order; names compare without case. */
export const headerValues = (headers: readonly Header[], name: string): string[] =>
  headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

/** First value of a header, or null. */
export const headerValue = (headers: readonly Header[], name: string): string | null =>
  headerValues(headers, name)[0] ?? null;

/**
 * Parses the final response head at the start of `bytes`; interim 1xx heads (not 101) before it are passed over.
 * @param method method of the request, because a response to HEAD has no body
 */
export function parseHead(bytes: string, method: string): ParsedHead {
  let start = 0;
  for (;;) {
    const rest = start === 0 ? bytes : bytes.slice(start);
    const line = STATUS_LINE.exec(rest);
    if (!line) return couldBecomeHttp(rest) ? { kind: 'incomplete' } : { kind: 'not-http' };
    const end = /\r?\n\r?\n/.exec(rest);
    if (!end) return { kind: 'incomplete' };
    const bodyStart = start + end.index + end[0].length;
    const status = Number(line[2]);
    if (status < 200 && status !== 101) {
      start = bodyStart;
      continue;
    }
    const headers = headerLines(rest.slice(line[0].length, end.index + 1));
    const head = { version: line[1] ?? '', status, reason: line[3] ?? null, headers };
    return { kind: 'head', head, framing: framingOf(head, method), bodyStart };
  }
}

/** A short first line may still grow into a status line; anything else never will. */
const couldBecomeHttp = (bytes: string): boolean =>
  !bytes.includes('\n') && (bytes.length < 5 ? 'HTTP/'.startsWith(bytes) : bytes.startsWith('HTTP/'));

function headerLines(text: string): Header[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
}

function framingOf(head: ResponseHead, method: string): Framing {
  if (method === 'HEAD' || [101, 204, 304].includes(head.status)) return { kind: 'none' };
  if (headerValues(head.headers, 'transfer-encoding').some((value) => /chunked/i.test(value)))
    return { kind: 'chunked' };
  const length = headerValue(head.headers, 'content-length');
  if (length !== null && /^\d+$/.test(length)) return { kind: 'length', length: Number(length) };
  return { kind: 'close' };
}

export interface DecodedBody {
  readonly body: string;
  /** The framing says that the message is whole. Never true for `close`: only the connection's end can say so. */
  readonly complete: boolean;
  /** A chunk header that is not one; the message cannot be read on. */
  readonly malformed: boolean;
}

/** Takes the framing off the body bytes that have arrived so far. */
export function decodeBody(bytes: string, framing: Framing): DecodedBody {
  switch (framing.kind) {
    case 'none':
      return { body: '', complete: true, malformed: false };
    case 'length':
      return { body: bytes.slice(0, framing.length), complete: bytes.length >= framing.length, malformed: false };
    case 'close':
      return { body: bytes, complete: false, malformed: false };
    case 'chunked':
      return decodeChunks(bytes);
  }
}

function decodeChunks(bytes: string): DecodedBody {
  let body = '';
  let position = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', position);
    if (lineEnd < 0) return { body, complete: false, malformed: false };
    const size = (bytes.slice(position, lineEnd).split(';')[0] ?? '').trim();
    if (!/^[0-9a-f]{1,8}$/i.test(size)) return { body, complete: false, malformed: true };
    const length = Number.parseInt(size, 16);
    const start = lineEnd + 2;
    if (length === 0) return { body, complete: bytes.indexOf('\r\n', start) >= 0, malformed: false };
    body += bytes.slice(start, start + length);
    position = start + length + 2;
    if (position > bytes.length) return { body, complete: false, malformed: false };
  }
}

/** Writes header fields, a line each. */
export const formatFields = (headers: readonly Header[]): string =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');

/** Writes a response head, ready to send. */
export const formatHead = (head: ResponseHead): string =>
  `${head.version} ${head.status}${head.reason === null ? '' : ` ${head.reason}`}\r\n${formatFields(head.headers)}\r\n`;

/** Puts the framing that a head announces around a body; without the last chunk when the body is not `complete`. */
export function formatBody(head: ResponseHead, body: string, complete: boolean): string {
  if (!headerValues(head.headers, 'transfer-encoding').some((value) => /chunked/i.test(value))) return body;
  const chunk = body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`;
  return complete ? `${chunk}0\r\n\r\n` : chunk;
}

/** UTF-8 text as latin1 text, one char per byte. */
export function toLatin1(text: string): string {
  let latin1 = '';
  for (const byte of new TextEncoder().encode(text)) latin1 += String.fromCharCode(byte);
  return latin1;
}

/** Latin1 text as the bytes it stands for. */
export function toBytes(latin1: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(latin1.length);
  for (let index = 0; index < latin1.length; index++) bytes[index] = latin1.charCodeAt(index);
  return bytes;
}
