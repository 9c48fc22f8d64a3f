import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const SECRETS = [
  ['a bearer token', 'Authorization: Bearer abcDEF123.456', 'abcDEF123'],
  ['a basic password', '> authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['a cookie', 'Cookie: session=s3cr3t; theme=dark', 's3cr3t'],
  ['a cookie that is set', '< Set-Cookie: sid=s3cr3t; Path=/', 's3cr3t'],
  ['a key in JSON', '{"api_key": "k-123456", "path": "/cart"}', 'k-123456'],
  ['a key in an address', 'GET /cart?api_key=k123456&page=2 HTTP/1.1', 'k123456'],
  ['a password in an address', 'upstream: "http://shop:hunter22@10.0.0.5/"', 'hunter22'],
  ['a password of curl', "curl -u shop:hunter22 'https://api.example.com/'", 'hunter22'],
  ['a JSON web token', 'token eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl in the log', 'c2lnbmF0dXJl'],
  ['an e-mail address', 'user jane.doe@example.com failed', 'jane.doe'],
] as const;

describe('redact', () => {
  it.each(SECRETS)('covers %s', (_, text, secret) => {
    const { text: covered, count } = redact(text);
    expect(covered).not.toContain(secret);
    expect(covered).toContain('[redacted]');
    expect(count).toBeGreaterThan(0);
  });

  it('leaves the evidence alone', () => {
    const line =
      '2026/03/02 10:00:00 [error] 29#29: *7 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://10.0.0.5:8080/cart"';
    expect(redact(line)).toEqual({ text: line, count: 0 });
  });

  it('covers addresses only when asked to', () => {
    const line = 'client 10.1.2.3 asked 127.0.0.1';
    expect(redact(line).text).toBe(line);
    expect(redact(line, { addresses: true }).text).toBe('client [redacted] asked 127.0.0.1');
  });
});
