import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import { goReverseproxy } from './go-reverseproxy.ts';
import { READER } from './volatile-context.fixture.ts';

const OK = '127.0.0.1:40102 "GET /f/ok/go-reverseproxy/raw HTTP/1.1" 200 20 2ms';
const REFUSED = '2026/11/21 20:35:30 http: proxy error: dial tcp 127.0.0.1:20013: connect: connection refused';
const NO_SUCH_HOST =
  '2026/11/21 20:35:30 http: proxy error: dial tcp: lookup no-such-host.test on 10.255.255.53:53: no such host';
const EXPIRED =
  '2026/11/21 20:35:30 http: proxy error: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-21T20:35:30Z is after 2021-01-01T00:00:00Z';

const retold = (line: string, log: 'access' | 'error', context = READER): string =>
  fillPlaceholders(maskVolatile(line, log, goReverseproxy.volatile), goReverseproxy.volatile, context);

describe("a Go proxy's logs", () => {
  it("tell the reader's request, without its query", () => {
    expect(retold(OK, 'access')).toBe('203.0.113.7:40003 "PUT /orders/42 HTTP/1.1" 200 20 2005ms');
  });

  it("put the application's status and length in place of the recorder's", () => {
    expect(
      replaceVolatile(OK, 'access', goReverseproxy.passedOnLog, { ...READER, status: 404, bodyBytes: 13 }),
    ).toContain(' 404 13 2ms');
  });

  it('name the upstream as the scenario does', () => {
    expect(retold(REFUSED, 'error')).toBe(
      '2026/01/15 09:00:02 http: proxy error: dial tcp 10.0.0.12:8080: connect: connection refused',
    );
    expect(retold(NO_SUCH_HOST, 'error', { ...READER, upstreamHost: 'orders.test' })).toMatch(
      / lookup orders\.test on 127\.0\.0\.53:53: no such host$/,
    );
  });

  it('judge a certificate by the simulated time', () => {
    expect(retold(EXPIRED, 'error')).toContain(' current time 2026-01-15T09:00:02Z is after 2021-01-01T00:00:00Z');
  });
});

it('has the error itself for a verdict', () => {
  expect(goReverseproxy.verdict([REFUSED], [OK])).toBe('dial tcp 127.0.0.1:20013: connect: connection refused');
  expect(goReverseproxy.verdict([], [OK])).toBeNull();
});

describe('a response that went through Go', () => {
  const headersOf = (headers: readonly (readonly [string, string])[], bodyLength = 5) =>
    goReverseproxy.passOn({ version: 'HTTP/1.1', status: 200, reason: 'OK', headers }, '', {
      method: 'GET',
      complete: true,
      bodyLength,
    }).headers;

  it('gets a type when it has none, unless it is empty', () => {
    expect(headersOf([['Content-Length', '5']])).toContainEqual(['Content-Type', 'text/plain; charset=utf-8']);
    expect(headersOf([['Content-Length', '0']], 0)).toEqual([
      ['Content-Length', '0'],
      ['Date', '{{date}}'],
    ]);
  });

  it('comes in chunks when it has no length, and loses a length that stands beside chunks', () => {
    expect(
      headersOf([
        ['X-B', '1'],
        ['x-a', '2'],
      ]),
    ).toEqual([
      ['X-A', '2'],
      ['X-B', '1'],
      ['Date', '{{date}}'],
      ['Transfer-Encoding', 'chunked'],
    ]);
    expect(
      headersOf([
        ['Content-Length', '5'],
        ['Transfer-Encoding', 'chunked'],
        ['Content-Type', 'text/plain'],
      ]),
    ).toEqual([
      ['Content-Type', 'text/plain'],
      ['Date', '{{date}}'],
      ['Transfer-Encoding', 'chunked'],
    ]);
  });
});
