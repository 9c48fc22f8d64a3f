import type { ExchangeRequest, Header } from '../../gateway/exchange.ts';
import { decodeBody, headerValue, headerValues } from '../../gateway/http-message.ts';

/** What a client has written to a connection, as far as a server can tell. */
export type Written =
  | { readonly kind: 'incomplete' }
  /** Not HTTP/1.x; a server cannot tell where it would end. */
  | { readonly kind: 'not-http' }
  | {
      readonly kind: 'request';
      readonly request: Omit<ExchangeRequest, 'url'>;
      readonly target: string;
      readonly used: number;
    };

const REQUEST_LINE = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/1\.[01]$/;

/** Longest head that is waited for, bytes; more than any gateway takes. */
const MAX_HEAD = 1_000_000;

/** Reads the first request off what a client wrote (RFC 9112 §3). @param bytes latin1 text, one char per byte */
export function readRequest(bytes: string): Written {
  const end = bytes.indexOf('\r\n\r\n');
  const [line = '', ...fields] = (end < 0 ? bytes : bytes.slice(0, end)).split('\r\n');
  if (end < 0) {
    const wrong = bytes.includes('\n') ? !REQUEST_LINE.test(line) : /^[^A-Z]/i.test(bytes) || bytes.length > MAX_HEAD;
    return { kind: wrong ? 'not-http' : 'incomplete' };
  }
  const [, method, target] = REQUEST_LINE.exec(line) ?? [];
  if (method === undefined || target === undefined) return { kind: 'not-http' };
  const headers = fields.map((field): Header => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  const start = end + 4;
  const body = readBody(bytes.slice(start), headers);
  if (body === null) return { kind: 'incomplete' };
  return { kind: 'request', request: { method, headers, body: body.text }, target, used: start + body.used };
}

function readBody(bytes: string, headers: readonly Header[]): { readonly text: string; readonly used: number } | null {
  if (headerValues(headers, 'transfer-encoding').some((value) => /chunked/i.test(value))) {
    const { body, complete, malformed } = decodeBody(bytes, { kind: 'chunked' });
    // Whatever follows a broken chunk is lost to the server as well.
    return complete || malformed ? { text: body, used: bytes.length } : null;
  }
  const length = Number(headerValue(headers, 'content-length') ?? 0) || 0;
  return bytes.length < length ? null : { text: bytes.slice(0, length), used: length };
}
