import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const hidden = (text: string): string => redact(text, false).text;

describe('secrets', () => {
  it.each([
    ['> Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '> Authorization: Bearer [hidden]'],
    ['Authorization: Basic YWRtaW46aHVudGVyMg==', 'Authorization: Basic [hidden]'],
    [
      "curl -H 'Authorization: Token 0123456789abcdef' https://a.test/",
      "curl -H 'Authorization: Token [hidden]' https://a.test/",
    ],
    ['curl -u admin:hunter2 https://a.test/', 'curl -u [hidden] https://a.test/'],
    ['> Cookie: session=abc123; theme=dark', '> Cookie: session=[hidden]; theme=[hidden]'],
    [
      '< Set-Cookie: sid=s3cr3t; Path=/; Max-Age=60; HttpOnly',
      '< Set-Cookie: sid=[hidden]; Path=/; Max-Age=60; HttpOnly',
    ],
    ['{"name": "Cookie", "value": "sid=s3cr3t"}', '{"name": "Cookie", "value": "[hidden]"}'],
    ['"cookies": [{"name": "sid", "value": "s3cr3t"}]', '"cookies": [{"name": "sid", "value": "[hidden]"}]'],
    ['x-api-key: 9f8e7d6c5b4a', 'x-api-key: [hidden]'],
    ['GET /orders?api_key=9f8e7d6c5b4a&page=2 HTTP/1.1', 'GET /orders?api_key=[hidden]&page=2 HTTP/1.1'],
    ['{"access_token":"9f8e7d6c5b4a","expires_in":60}', '{"access_token":"[hidden]","expires_in":60}'],
    ['{"password": "hunter22"}', '{"password": "[hidden]"}'],
    ['postgres://app:hunter2@db.test:5432/orders', 'postgres://[hidden]@db.test:5432/orders'],
    ['key AKIAABCDEFGHIJKLMNOP was denied', 'key [hidden] was denied'],
    ['reported by Ada.Lovelace+x@mail.example.com today', 'reported by [e-mail hidden] today'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\nnext', '[private key hidden]\nnext'],
  ])('hides what is secret in %j', (text, safe) => {
    expect(hidden(text)).toBe(safe);
  });

  it('finds nothing more in what it has hidden', () => {
    const once = hidden('Authorization: Bearer abcdefgh12345678\nCookie: a=b; c=d\nadmin@example.com\n?token=abcdef');
    expect(redact(once, false)).toEqual({ text: once, redactions: expect.any(Object) as object });
  });

  it('leaves evidence alone', () => {
    const evidence = [
      '2026/11/22 09:17:25 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: a.test, request: "GET /orders/42 HTTP/1.1", upstream: "http://127.0.0.1:8080/orders/42", host: "a.test"',
      'SyntaxError: Unexpected token: < in JSON at position 0',
      'systemd[1]: php-fpm@8.service: Main process exited, code=killed, status=9/KILL',
      'haproxy[12]: 203.0.113.9:40000 [02/Mar/2026:10:00:00.000] fe be/s1 0/0/1/-1/3 502 217 - - SH-- 1/1/0/0/0 0/0 "GET /cart HTTP/1.1"',
      'SSL routines::wrong version number; error:0A000086:SSL routines::certificate verify failed',
      'code=H12 desc="Request timeout" method=GET path="/" status=503',
    ].join('\n');
    expect(redact(evidence, false)).toEqual({ text: evidence, redactions: {} });
  });

  it('counts what it hid', () => {
    const text = 'Authorization: Bearer abcdefgh12345678\nCookie: a=b\nCookie: a=c\nops@example.com';
    expect(redact(text, false).redactions).toEqual({ credential: 1, cookie: 2, 'e-mail address': 1 });
  });

  it('hides in every piece of a long text and tells how far it is', () => {
    const told: number[] = [];
    const line = `${'x'.repeat(90)} Authorization: Bearer abcdefgh12345678\n`;
    const { text, redactions } = redact(line.repeat(8000), false, (done) => told.push(done));
    expect(text).not.toContain('abcdefgh');
    expect(redactions).toEqual({ credential: 8000 });
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });
});

describe('host names and addresses', () => {
  const line =
    'upstream: "http://10.2.3.4:8080/orders", host: "shop.acme.test", server: shop.acme.test, client: 198.51.100.23, again shop.acme.test';

  it('stay unless the reader wants them hidden', () => {
    expect(hidden(line)).toBe(line);
  });

  it('become others of the same shape, the same ones the same', () => {
    const { text, redactions } = redact(line, true);
    expect(text).toBe(
      'upstream: "http://192.0.2.1:8080/orders", host: "host-1.example", server: host-1.example, client: 192.0.2.2, again host-1.example',
    );
    expect(redactions).toEqual({ 'host name': 1, address: 2 });
  });

  it('are found in what clients say', () => {
    const said = [
      'curl: (6) Could not resolve host: db.acme.test',
      'getaddrinfo ENOTFOUND db.acme.test',
      'dial tcp: lookup db.acme.test on 10.0.0.2:53: no such host',
      'connect ECONNREFUSED 2001:db8:7::17:443',
    ].join('\n');
    const { text } = redact(said, true);
    expect(text).not.toMatch(/acme|10\.0\.0\.2|db8:7/);
    expect(text).toContain('getaddrinfo ENOTFOUND host-1.example');
  });

  it('leave words alone that stand where a name might', () => {
    const words = 'Connection refused while connecting to upstream, server: envoy';
    expect(redact(words, true)).toEqual({ text: words, redactions: {} });
  });

  it('leave times, versions of programs, the loopback and names of files and classes alone', () => {
    const plain =
      '09:17:25 nginx/1.31.3 127.0.0.1:8080 localhost worker.py java.net.ConnectException http://www.cloudflare.com/5xx-error-landing';
    expect(redact(plain, true).text).toBe(plain);
  });
});

describe('hostile text', () => {
  // Work that grows with the square of the length would keep this test from ever ending.
  it.each([
    ['cookie', `cookie: ${'a'.repeat(400_000)}`],
    ['authorization', 'authorization: '.repeat(30_000)],
    ['names with dots', `${'a.'.repeat(200_000)}:`],
    ['at signs', '@a.b'.repeat(100_000)],
    ['colons', '1:'.repeat(200_000)],
    ['quotes', '"name":"cookie","value":"'.repeat(20_000)],
    ['keys', '-----BEGIN PRIVATE KEY-----'.repeat(10_000)],
  ])('of %s is read in one go', (_, text) => {
    expect(redact(text, true).text.length).toBeGreaterThan(0);
  });
});
