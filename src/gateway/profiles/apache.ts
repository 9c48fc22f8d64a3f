import type { Header } from '../exchange.ts';
import { headerValue, type ResponseHead } from '../http-message.ts';
import type { Profile } from '../profile.ts';
import { APACHE_VOLATILE } from './apache-volatile.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';

/** After these statuses httpd closes the client's connection, whoever sent them (ap_status_drops_connection in http_protocol.c). */
const DROPS_CONNECTION = new Set([400, 408, 411, 413, 414, 500, 501, 503]);

/** Headers that httpd writes first, its own where the upstream sent none. */
const FIRST = new Set(['date', 'server']);

/**
 * Apache httpd as a reverse proxy (mod_proxy_http). Date and Server stand first, the upstream's own where it sent them;
 * the others follow as they came. A body of unknown length goes out in chunks.
 */
function passOn(head: ResponseHead, program: string): ResponseHead {
  const first: Header[] = [
    ['Date', headerValue(head.headers, 'date') ?? '{{date}}'],
    ['Server', headerValue(head.headers, 'server') ?? `${program} {{openssl}}`],
  ];
  const passed = withoutHopByHop(withoutFraming(head)).filter(([name]) => !FIRST.has(name.toLowerCase()));
  const last: Header[] = [];
  if (['chunked', 'close'].includes(framingOf(head))) last.push(['Transfer-Encoding', 'chunked']);
  if (DROPS_CONNECTION.has(head.status)) last.push(['Connection', 'close']);
  return { ...head, version: 'HTTP/1.1', reason: head.reason ?? '', headers: [...first, ...passed, ...last] };
}

/** Apache httpd as a reverse proxy. */
export const apache: Profile = {
  id: 'apache',
  waitsForNobody: true,
  volatile: APACHE_VOLATILE,
  passOn,
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=" )\d{3}(?= (?:\d+|-) ")/g, fill: ({ status }) => String(status) },
    {
      name: 'bytes',
      in: 'access',
      find: /(?<=" \d{3} )(?:\d+|-)(?= ")/g,
      fill: ({ bodyBytes }) => (bodyBytes === 0 ? '-' : String(bodyBytes)),
    },
    // A connection that was to be kept is closed after some statuses.
    {
      name: 'connection',
      in: 'access',
      find: /(?<= X=)\+/g,
      fill: ({ head }) => (headerValue(head?.headers ?? [], 'connection') === 'close' ? '-' : '+'),
    },
  ],
  verdict: ([line = '']) =>
    /\] (?:\[pid [^\]]*\] )?((?:\(.*?\)[^[]*)?)(?:\[client [^\]]*\] )?(AH\d+: .*)$/.exec(line)?.slice(1).join('') ??
    null,
};
