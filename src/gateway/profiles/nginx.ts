import { headerValue, headerValues, type ResponseHead } from '../http-message.ts';
import type { Header } from '../exchange.ts';
import type { Profile } from '../profile.ts';
import { NGINX_VOLATILE } from './nginx-volatile.ts';

/** Headers that nginx writes itself, in the order of ngx_http_header_filter_module, or does not pass on (proxy_hide_header's defaults). */
const OWN = new Set([
  'server',
  'date',
  'content-type',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'last-modified',
]);
const HIDDEN = new Set([
  'x-pad',
  'x-accel-expires',
  'x-accel-redirect',
  'x-accel-limit-rate',
  'x-accel-buffering',
  'x-accel-charset',
]);

/** Statuses whose messages end with their head. */
const BODILESS = new Set([101, 204, 304]);

/** The length that nginx believes: the last one, unless it is no number or chunks say otherwise. */
function validLength({ headers }: ResponseHead): string | null {
  const length = headerValues(headers, 'content-length').at(-1) ?? null;
  const chunked = headerValue(headers, 'transfer-encoding') !== null;
  return length !== null && /^\d+$/.test(length) && !chunked ? length : null;
}

/** nginx as a reverse proxy (`proxy_pass`, defaults: HTTP/1.0 to the upstream, buffering on). */
export const nginx: Profile = {
  id: 'nginx',
  volatile: NGINX_VOLATILE,
  passOn: (head, program) => {
    const length = validLength(head);
    const own: [string, string | null][] = [
      ['Server', program],
      ['Date', '{{date}}'],
      ['Content-Type', headerValue(head.headers, 'content-type')],
      ['Content-Length', length],
      ['Last-Modified', headerValue(head.headers, 'last-modified')],
      // Where nginx does not know the length, it sends chunks to a client of HTTP/1.1.
      ['Transfer-Encoding', length === null && !BODILESS.has(head.status) ? 'chunked' : null],
      ['Connection', head.status === 101 ? 'upgrade' : 'keep-alive'],
    ];
    const passed = head.headers.filter(([name]) => !OWN.has(name.toLowerCase()) && !HIDDEN.has(name.toLowerCase()));
    return {
      ...head,
      version: 'HTTP/1.1',
      headers: [
        ...own.filter((header): header is [string, string] => header[1] !== null),
        ...passed,
      ] satisfies Header[],
    };
  },
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=" )\d{3}(?= \d+ ")/g, fill: (context) => String(context.status) },
    { name: 'bytes', in: 'access', find: /(?<=" \d{3} )\d+(?= ")/g, fill: (context) => String(context.bodyBytes) },
    { name: 'upstream-status', in: 'access', find: /(?<= us=")\d{3}(?=")/g, fill: (context) => String(context.status) },
  ],
  verdict: (errorLines) => /\*\d+ (.*?)(?:, client: |$)/.exec(errorLines[0] ?? '')?.[1] ?? null,
};
