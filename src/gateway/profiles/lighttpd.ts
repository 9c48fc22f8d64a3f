import { headerValue, type ResponseHead } from '../http-message.ts';
import type { Profile, SentMessage } from '../profile.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { LIGHTTPD_VOLATILE } from './lighttpd-volatile.ts';
import { ownReasonOf } from './own-reason.ts';

/**
 * lighttpd as a reverse proxy (mod_proxy, the whole response buffered). The server's headers come first and in their
 * order. A response of unknown length gets a Content-Length, because lighttpd has all of it before it sends the head.
 */
function passOn(head: ResponseHead, program: string, { method, bodyLength }: SentMessage): ResponseHead {
  const headers = withoutHopByHop(withoutFraming(head));
  const plain = headerValue(headers, 'content-encoding') === null;
  if (head.status === 200 && plain && ['GET', 'HEAD'].includes(method)) headers.push(['Accept-Ranges', 'bytes']);
  if (['chunked', 'close'].includes(framingOf(head))) headers.push(['Content-Length', String(bodyLength)]);
  if (headerValue(headers, 'date') === null) headers.push(['Date', '{{date}}']);
  if (headerValue(headers, 'server') === null) headers.push(['Server', program]);
  return { ...head, version: 'HTTP/1.1', reason: ownReasonOf(head.status), headers };
}

/** lighttpd as a reverse proxy. */
export const lighttpd: Profile = {
  id: 'lighttpd',
  waitsForNobody: true,
  volatile: LIGHTTPD_VOLATILE,
  passOn,
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=" )\d{3}(?= (?:\d+|-) ")/g, fill: ({ status }) => String(status) },
    { name: 'bytes', in: 'access', find: /(?<=" \d{3} )(?:\d+|-)(?= ")/g, fill: ({ bodyBytes }) => String(bodyBytes) },
  ],
  // What the system said about a socket stands before what that means for the request.
  verdict: (lines) => {
    const line = lines.find((candidate) => candidate.includes(': (gw_backend')) ?? lines[0];
    return /^\S+ \S+: \([^)]*\) (.*)$/.exec(line ?? '')?.[1] ?? null;
  },
};
