import type { Header } from '../exchange.ts';
import { headerValue, type ResponseHead } from '../http-message.ts';

/** Statuses whose responses have no body (RFC 9110 §6.4.1). */
const BODILESS = new Set([204, 304]);

/** How a server told the end of its body; `none` for a response that has no body at all. */
export function framingOf({ status, headers }: ResponseHead): 'none' | 'length' | 'chunked' | 'close' {
  if (BODILESS.has(status)) return 'none';
  if (headerValue(headers, 'transfer-encoding') !== null) return 'chunked';
  return headerValue(headers, 'content-length') === null ? 'close' : 'length';
}

/** The headers without those that frame the body. Content-Length stays where it is the framing, or where 304 tells of one. */
export function withoutFraming(head: ResponseHead): Header[] {
  const keepsLength = framingOf(head) === 'length' || head.status === 304;
  return head.headers.filter(
    ([name]) => !/^transfer-encoding$/i.test(name) && (keepsLength || !/^content-length$/i.test(name)),
  );
}
