import type { Header } from '../exchange.ts';
import { headerValue, type ResponseHead } from '../http-message.ts';
import type { SentMessage } from '../profile.ts';
import { framingOf } from './framing.ts';

/** Of these, Node keeps the first and drops the rest (message.headers in Node's manual). */
const FIRST_ONLY = new Set(
  (
    'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified ' +
    'location max-forwards proxy-authorization referer retry-after server user-agent'
  ).split(' '),
);

/** Headers as Node's `message.headers` holds them: lower case, one value a name, but for Set-Cookie. */
function messageHeaders(headers: readonly Header[]): Header[] {
  const kept: Header[] = [];
  for (const [spelled, value] of headers) {
    const name = spelled.toLowerCase();
    const known = kept.findIndex(([other]) => other === name);
    if (known < 0 || name === 'set-cookie') kept.push([name, value]);
    else if (!FIRST_ONLY.has(name)) kept[known] = [name, `${kept[known]?.[1] ?? ''}, ${value}`];
  }
  return kept;
}

/**
 * The head of a response that http-proxy passed on: the upstream's headers, hop-by-hop ones too, then Connection, and the
 * Date of Node's own server.
 */
export function nodeResponseHead(head: ResponseHead, { bodyLength }: SentMessage): ResponseHead {
  const headers = messageHeaders(head.headers);
  if (headerValue(headers, 'connection') === null) headers.push(['connection', 'keep-alive']);
  if (headerValue(headers, 'date') === null) headers.push(['Date', '{{date}}']);
  // Where only the end of the connection would end the body, Node frames it.
  if (framingOf(head) === 'close')
    headers.push(bodyLength > 0 ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', '0']);
  return { version: 'HTTP/1.1', status: head.status, reason: head.reason || 'OK', headers };
}
