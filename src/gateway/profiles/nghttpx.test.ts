import { describe, expect, it } from 'vitest';
import type { Header } from '../exchange.ts';
import type { ResponseHead } from '../http-message.ts';
import { fillPlaceholders, maskVolatile, type SentMessage } from '../profile.ts';
import { nghttpx } from './nghttpx.ts';
import { READER } from './volatile-context.fixture.ts';

const SENT: SentMessage = { method: 'GET', complete: true, bodyLength: 20 };

/** Lines as nghttpx 1.52.0 wrote them; addresses are masked before the gateway's own rules run. */
const ACCESS =
  '127.0.0.1 - - [21/Nov/2026:20:26:47 +0000] "GET /f/connect-refused/nghttpx/raw HTTP/1.1" 502 129 "-" "lab-raw/1"';
const REFUSED =
  '2026-11-21T20:26:47.042Z 11956 11957 4de6bf7e WARN (shrpx_http_downstream_connection.cc:1532) [DCONN:0x7fb11ec0d400] Backend connect failed; addr={{upstream-address}}: errno=111';
const SLEEPS =
  '2026-11-21T20:26:47.042Z 11956 11957 4de6bf7e WARN (shrpx_connect_blocker.cc:94) Could not connect 1 times in a row; sleep for 1.475766726 seconds';
const LOOKUP =
  '2026-11-21T20:26:47.042Z 11956 11957 4de6bf7e INFO (shrpx_dns_resolver.cc:295) Name lookup for no-such-host.invalid failed: Domain name not found';

const masked = (line: string, place: 'access' | 'error'): string => maskVolatile(line, place, nghttpx.volatile);
const retold = (line: string, place: 'access' | 'error', context = READER): string =>
  fillPlaceholders(masked(line, place), nghttpx.volatile, context);

describe("nghttpx's log lines", () => {
  it("tell the reader's request, at the time it came", () => {
    expect(retold(ACCESS, 'access')).toBe(
      '203.0.113.7 - - [15/Jan/2026:09:00:00 +0000] "PUT /orders/42?full=1 HTTP/1.1" 502 129 "-" "shop/2.1"',
    );
  });

  it('keep nothing of the process that wrote them', () => {
    expect(masked(REFUSED, 'error')).toBe(
      '{{error-time}} {{signature}} WARN (shrpx_http_downstream_connection.cc:1532) [DCONN:{{address}}] Backend connect failed; addr={{upstream-address}}: errno=111',
    );
    expect(masked(SLEEPS, 'error')).toContain('sleep for {{sleep-seconds}} seconds');
  });

  it("name the reader's upstream, unless it is an address, which needs no lookup", () => {
    expect(retold(LOOKUP, 'error', { ...READER, upstreamHost: 'orders.test' })).toContain(
      'Name lookup for orders.test failed',
    );
    expect(retold(LOOKUP, 'error')).toContain('Name lookup for no-such-host.invalid failed');
  });
});

describe('what nghttpx passes on', () => {
  const passedOn = (status: number, headers: readonly Header[]): ResponseHead =>
    nghttpx.passOn({ version: 'HTTP/1.1', status, reason: 'Mine', headers }, '', SENT);

  it('has its own reason phrase, and none for a status that it does not know', () => {
    expect(passedOn(413, []).reason).toBe('Payload Too Large');
    expect(passedOn(422, []).reason).toBe('');
  });

  it('has capitalized names, and its own at the end', () => {
    expect(
      passedOn(200, [
        ['ETag', '"1"'],
        ['Server', 'app'],
        ['content-length', '2'],
        ['Via', '1.1 cache'],
      ]).headers,
    ).toEqual([
      ['Etag', '"1"'],
      ['Content-Length', '2'],
      ['Server', 'nghttpx'],
      ['Via', '1.1 cache, 1.1 nghttpx'],
    ]);
  });

  it.each<[string, Header[], boolean]>([
    [
      'an upstream that closes',
      [
        ['Content-Length', '2'],
        ['Connection', 'close'],
      ],
      true,
    ],
    ['a body that only the end of the connection delimits', [], true],
    ['a body in chunks', [['Transfer-Encoding', 'chunked']], false],
  ])('after %s the client’s connection ends or stays', (_, headers, ends) => {
    expect(passedOn(200, headers).headers.some(([name, value]) => name === 'Connection' && value === 'close')).toBe(
      ends,
    );
  });
});

describe("nghttpx's verdict", () => {
  it('is the first line that it wrote about the failure', () => {
    expect(nghttpx.verdict([REFUSED, SLEEPS], [])).toBe('Backend connect failed; addr={{upstream-address}}: errno=111');
    expect(nghttpx.verdict([], [ACCESS])).toBeNull();
  });
});
