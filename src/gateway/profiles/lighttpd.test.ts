import { describe, expect, it } from 'vitest';
import type { Header } from '../exchange.ts';
import { fillPlaceholders, maskVolatile } from '../profile.ts';
import type { Volatile } from '../recording.ts';
import { lighttpd } from './lighttpd.ts';
import { READER } from './volatile-context.fixture.ts';

/** Lines as lighttpd 1.4.69 wrote them. */
const ACCESS =
  '127.0.0.1 gw.test - [21/Nov/2026:20:33:32 +0000] "GET /f/ok/lighttpd/raw HTTP/1.1" 200 20 "-" "lab-raw/1"';
const REFUSED =
  '2026-11-21 20:33:32: (gw_backend.c.274) establishing connection failed: socket: tcp:127.0.0.1:21457: Connection refused';
const ALL_DOWN =
  '2026-11-21 20:33:32: (gw_backend.c.960) all handlers for /f/connect-refused/lighttpd/raw? on  are down.';
const SYSTEM = '2026-11-21 20:33:44: (http-header-glue.c.1341) read() 9 10: Connection reset by peer';
const RESET =
  '2026-11-21 20:33:44: (gw_backend.c.2389) response not received, request sent: 217 on socket: tcp:127.0.0.1:21462 for /f/rst-after-request/lighttpd/raw?, closing connection';

const retold = (text: string, place: Volatile['in'], context = READER): string =>
  fillPlaceholders(maskVolatile(text, place, lighttpd.volatile), lighttpd.volatile, context);

describe("lighttpd's log lines", () => {
  it("tell the reader's request, with the host in second place", () => {
    expect(retold(ACCESS, 'access')).toBe(
      '203.0.113.7 api.example.com - [15/Jan/2026:09:00:02 +0000] "PUT /orders/42?full=1 HTTP/1.1" 200 20 "-" "shop/2.1"',
    );
  });

  it("tell the reader's upstream and path, with a question mark behind a path that has no query", () => {
    expect(retold(REFUSED, 'error')).toContain('socket: tcp:10.0.0.12:8080: Connection refused');
    expect(retold(ALL_DOWN, 'error')).toContain('all handlers for /orders/42?full=1 on  are down.');
    expect(retold(ALL_DOWN, 'error', { ...READER, path: '/orders' })).toContain(
      'all handlers for /orders? on  are down.',
    );
  });

  it('count the bytes of the request as lighttpd does', () => {
    const recorders = {
      ...READER,
      method: 'GET',
      path: '/f/rst-after-request/lighttpd/raw',
      host: 'gw.test',
      clientAddress: '127.0.0.1',
      upstreamAddress: '127.0.0.1:21462',
      requestHeaders: [
        ['Host', 'gw.test'],
        ['User-Agent', 'lab-raw/1'],
        ['Accept', '*/*'],
      ] as const,
    };
    expect(retold(RESET, 'error', recorders)).toContain(' request sent: 217 on socket: ');
  });
});

describe("lighttpd's verdict", () => {
  it('is the first line about the server, rather than about its socket', () => {
    expect(lighttpd.verdict([SYSTEM, RESET], [])).toMatch(/^response not received, request sent: 217 /);
    expect(lighttpd.verdict([REFUSED, ALL_DOWN], [])).toMatch(/^establishing connection failed/);
    expect(lighttpd.verdict([], [ACCESS])).toBeNull();
  });
});

describe('a response passed on by lighttpd', () => {
  const passedOn = (headers: readonly Header[], { status = 200, method = 'GET' } = {}) =>
    lighttpd.passOn({ version: 'HTTP/1.1', status, reason: null, headers }, 'lighttpd/1.4.69', {
      method,
      complete: true,
      bodyLength: 5,
    });

  it('gets a length when it had none, because lighttpd waits for all of it', () => {
    expect(
      passedOn([
        ['Content-Type', 'text/plain'],
        ['Transfer-Encoding', 'chunked'],
      ]).headers,
    ).toEqual([
      ['Content-Type', 'text/plain'],
      ['Accept-Ranges', 'bytes'],
      ['Content-Length', '5'],
      ['Date', '{{date}}'],
      ['Server', 'lighttpd/1.4.69'],
    ]);
  });

  it("keeps the server's Date and Server", () => {
    const headers: Header[] = [
      ['Server', 'app'],
      ['Date', 'Thu, 15 Jan 2026 09:00:00 GMT'],
      ['Content-Length', '5'],
    ];
    expect(passedOn(headers, { status: 404 }).headers).toEqual(headers);
  });

  it('loses the reason phrase of a status that lighttpd does not know', () => {
    expect(passedOn([['Content-Length', '5']], { status: 499 }).reason).toBe('');
    expect(passedOn([['Content-Length', '5']], { status: 404 }).reason).toBe('Not Found');
  });
});
