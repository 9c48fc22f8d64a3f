import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile } from '../profile.ts';
import type { VolatileContext } from '../recording.ts';
import { NGINX_VOLATILE } from './nginx-volatile.ts';

/** Lines as nginx 1.22.1 wrote them. */
const ACCESS =
  '127.0.0.1 - - [21/Nov/2026:19:03:07 +0000] "GET /f/ok/nginx/raw?a=1 HTTP/1.1" 200 20 "-" "lab-raw/1" rt=0.002 uct="0.000" uht="0.001" urt="0.001" ua="127.0.0.1:20012" us="200" rc=OK';
const TWO_TRIED =
  '127.0.0.1 - - [21/Nov/2026:19:03:07 +0000] "GET / HTTP/1.1" 502 157 "-" "curl/8.5.0" rt=0.000 uct="-, -" uht="-, -" urt="0.000, 0.001" ua="127.0.0.1:20014, 127.0.0.1:20015" us="502, 502" rc=OK';
const ERROR =
  '2026/11/21 19:03:07 [error] 812#813: *41 connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: gw.test, request: "GET /f/connect-refused/nginx/raw HTTP/1.1", upstream: "http://127.0.0.1:20013/f/connect-refused/nginx/raw", host: "gw.test"';
const NO_SUCH_HOST =
  '2026/11/21 19:03:07 [error] 812#812: *9 no-such-host.invalid could not be resolved (3: Host not found), client: 127.0.0.1, server: gw.test, request: "GET /orders HTTP/1.1", host: "gw.test"';
const NO_LIVE_SERVER =
  '2026/11/21 19:03:07 [error] 812#812: *9 no live upstreams while connecting to upstream, client: 127.0.0.1, server: gw.test, request: "GET /orders HTTP/1.1", upstream: "http://all_down/orders", host: "gw.test"';
const HEAD =
  'HTTP/1.1 502 Bad Gateway\r\nServer: nginx/1.22.1\r\nDate: Sat, 21 Nov 2026 19:03:07 GMT\r\nContent-Length: 157\r\n';

const CONTEXT: VolatileContext = {
  requestedAt: Date.UTC(2026, 0, 15, 9, 0, 0),
  finishedAt: Date.UTC(2026, 0, 15, 9, 0, 2, 5),
  id: 3,
  method: 'PUT',
  path: '/orders/42?full=1',
  host: 'api.example.com:8443',
  userAgent: 'shop/2.1',
  requestHeaders: [['User-Agent', 'shop/2.1']],
  requestBytes: 0,
  clientAddress: '203.0.113.7',
  upstreamAddress: '10.0.0.12:8080',
  upstreamHost: 'orders.test',
  upstreamAddresses: ['10.0.0.12:8080', '10.0.0.13:8080'],
  upstreamSocket: '/run/app/app.sock',
  connectMs: 2,
  headerMs: 2003,
  responseMs: 2003,
  attempts: [],
  status: 504,
  bodyBytes: 167,
  sentBytes: 314,
  head: null,
};

const retold = (line: string, place: 'head' | 'access' | 'error'): string =>
  fillPlaceholders(maskVolatile(line, place, NGINX_VOLATILE), NGINX_VOLATILE, CONTEXT);

describe("nginx's changing texts", () => {
  it('leaves nothing of the recording machine in an access-log line', () => {
    expect(maskVolatile(ACCESS, 'access', NGINX_VOLATILE)).toBe(
      '{{client}} - - [{{access-time}}] "{{method}} {{path}} HTTP/1.1" 200 20 "-" "{{user-agent}}" rt={{request-time}} uct="{{connect-time}}" uht="{{header-time}}" urt="{{response-time}}" ua="{{upstream-address}}" us="200" rc=OK',
    );
  });

  it("fills an access-log line with the reader's request", () => {
    expect(retold(ACCESS, 'access')).toBe(
      '203.0.113.7 - - [15/Jan/2026:09:00:02 +0000] "PUT /orders/42?full=1 HTTP/1.1" 200 20 "-" "shop/2.1" rt=2.005 uct="0.002" uht="2.003" urt="2.003" ua="10.0.0.12:8080" us="200" rc=OK',
    );
  });

  it('masks every server of a list, and keeps the phases that none of them reached', () => {
    expect(maskVolatile(TWO_TRIED, 'access', NGINX_VOLATILE)).toContain(
      'uct="-, -" uht="-, -" urt="{{response-time}}, {{response-time-2}}" ua="{{upstream-address}}, {{upstream-address}}" us="502, 502"',
    );
  });

  it("fills an error-log line with the reader's request", () => {
    expect(retold(ERROR, 'error')).toBe(
      '2026/01/15 09:00:02 [error] 29#29: *5 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: api.example.com, request: "PUT /orders/42?full=1 HTTP/1.1", upstream: "http://10.0.0.12:8080/orders/42?full=1", host: "api.example.com:8443"',
    );
  });

  it('tells the times of each server that was tried', () => {
    const attempts = [
      { connectMs: null, headerMs: null, responseMs: 2000 },
      { connectMs: null, headerMs: null, responseMs: 3 },
    ];
    const masked = maskVolatile(TWO_TRIED, 'access', NGINX_VOLATILE);
    expect(fillPlaceholders(masked, NGINX_VOLATILE, { ...CONTEXT, attempts })).toContain(
      'uct="-, -" uht="-, -" urt="2.000, 0.003"',
    );
  });

  it('puts the name that did not resolve in its place', () => {
    expect(retold(NO_SUCH_HOST, 'error')).toContain(
      '*5 orders.test could not be resolved (3: Host not found), client: 203',
    );
  });

  it('keeps the name of a group without a live server, which nginx logs instead of an address', () => {
    expect(retold(NO_LIVE_SERVER, 'error')).toContain('upstream: "http://all_down/orders/42?full=1", host:');
  });

  it('changes the Date of a response head and nothing else', () => {
    expect(retold(HEAD, 'head')).toBe(HEAD.replace('Sat, 21 Nov 2026 19:03:07', 'Thu, 15 Jan 2026 09:00:02'));
  });

  it('does not fill placeholders that the reader wrote', () => {
    const path = '/search?q={{date}}';
    expect(fillPlaceholders('{{path}}', NGINX_VOLATILE, { ...CONTEXT, path })).toBe(path);
  });
});
