import type { Header } from '../exchange.ts';
import { headerValue, type ResponseHead } from '../http-message.ts';
import type { SentMessage } from '../profile.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { goReason } from './own-reasons.ts';

/** Header names as Go spells them, e.g. `X-Request-Id` (net/textproto.CanonicalMIMEHeaderKey). */
const canonicalName = (name: string): string =>
  /[^!#$%&'*+.^_`|~\w-]/.test(name)
    ? name
    : name.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());

/**
 * The head of a response that went through Go's httputil.ReverseProxy, or a copy of it, and net/http's server: the headers
 * sorted by name, values of one name in their own order, then Date and Transfer-Encoding, which the server adds itself.
 * @param change what the gateway does to the upstream's headers
 */
export function goResponseHead(
  head: ResponseHead,
  change: (headers: Header[]) => Header[] = (same) => same,
): ResponseHead {
  const headers = change(withoutHopByHop(withoutFraming(head)))
    .map(([name, value]): Header => [canonicalName(name), value])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (!headers.some(([name]) => name === 'Date')) headers.push(['Date', '{{date}}']);
  // A body that only the end of the connection would end is sent in chunks too.
  if (['chunked', 'close'].includes(framingOf(head))) headers.push(['Transfer-Encoding', 'chunked']);
  return { version: 'HTTP/1.1', status: head.status, reason: goReason(head.status), headers };
}

/**
 * A head that went through Go's server, with the type that its body looks like where the upstream gave none
 * (http.DetectContentType): plain text, mostly. The server does so unless a program forbids it.
 */
export function withSniffedType(head: ResponseHead, { bodyLength }: SentMessage): ResponseHead {
  const known = ['content-type', 'content-encoding', 'transfer-encoding'].some(
    (name) => headerValue(head.headers, name) !== null,
  );
  if (known || bodyLength === 0) return head;
  return { ...head, headers: [...head.headers, ['Content-Type', 'text/plain; charset=utf-8']] };
}

/** Headers as Go's encoding/json writes an http.Header: every name with the list of its values. */
export function headerObject(headers: readonly Header[]): string {
  const lists = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const list = lists.get(canonicalName(name)) ?? [];
    lists.set(canonicalName(name), [...list, value]);
  }
  return JSON.stringify(Object.fromEntries(lists));
}
