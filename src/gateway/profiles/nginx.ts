import { headerValue } from '../http-message.ts';
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

/** nginx as a reverse proxy (`proxy_pass`, defaults: HTTP/1.0 to the upstream, buffering on). */
export const nginx: Profile = {
  id: 'nginx',
  volatile: NGINX_VOLATILE,
  passOn: (head, program) => {
    const own: [string, string | null][] = [
      ['Server', program],
      ['Date', '{{date}}'],
      ['Content-Type', headerValue(head.headers, 'content-type')],
      ['Content-Length', headerValue(head.headers, 'content-length')],
      ['Last-Modified', headerValue(head.headers, 'last-modified')],
      ['Connection', 'keep-alive'],
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
