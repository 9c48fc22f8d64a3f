import { headerValue, type ResponseHead } from '../http-message.ts';
import type { Profile, SentMessage } from '../profile.ts';
import { reasonOf } from '../application.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { VARNISH_VOLATILE } from './varnish-volatile.ts';

/** Major and minor version, as the Via header names them. */
const shortVersion = (program: string): string => /\d+\.\d+/.exec(program)?.[0] ?? '';

/**
 * Varnish as a reverse proxy (built-in VCL). The backend's headers come first and in their order; what Varnish adds stands
 * behind them. It offers ranges of a 200 that it may cache. A body of unknown length gets a Content-Length when Varnish
 * has all of it before it sends the head.
 */
function passOn(head: ResponseHead, program: string, { method, complete, bodyLength }: SentMessage): ResponseHead {
  const headers = withoutHopByHop(withoutFraming(head)).filter(([name]) => !/^age$/i.test(name));
  if (headerValue(headers, 'date') === null) headers.push(['Date', '{{date}}']);
  headers.push(['X-Varnish', '{{request-number}}']);
  headers.push(['Age', headerValue(head.headers, 'age') ?? '0']);
  headers.push(['Via', `1.1 varnish (Varnish/${shortVersion(program)})`]);
  if (head.status === 200 && ['GET', 'HEAD'].includes(method)) headers.push(['Accept-Ranges', 'bytes']);
  const unknown = ['chunked', 'close'].includes(framingOf(head));
  if (unknown && complete) headers.push(['Content-Length', String(bodyLength)]);
  headers.push(['Connection', 'keep-alive']);
  if (unknown && !complete) headers.push(['Transfer-Encoding', 'chunked']);
  return { ...head, version: 'HTTP/1.1', reason: head.reason ?? reasonOf(head.status), headers };
}

/** Varnish as a reverse proxy. */
export const varnish: Profile = {
  id: 'varnish',
  waitsForNobody: true,
  volatile: VARNISH_VOLATILE,
  passOn,
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=" )\d{3}(?= (?:\d+|-) ")/g, fill: ({ status }) => String(status) },
    {
      name: 'bytes',
      in: 'access',
      find: /(?<=" \d{3} )(?:\d+|-)(?= ")/g,
      fill: ({ bodyBytes }) => (bodyBytes === 0 ? '-' : String(bodyBytes)),
    },
  ],
  verdict: (lines) => {
    const failure = lines.find((line) => / (?:FetchError|VCL_Error) /.test(line));
    return failure === undefined ? null : failure.replace(/^-+ +/, '').replace(/ {2,}/, ': ');
  },
};
