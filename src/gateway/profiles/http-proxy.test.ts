import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import { httpProxy } from './http-proxy.ts';
import { READER } from './volatile-context.fixture.ts';

const OK = '"GET /f/ok/http-proxy/raw HTTP/1.1" 200 finished=true headersSent=true 23ms';
const REFUSED = 'proxy error /f/connect-refused/http-proxy/raw: ECONNREFUSED connect ECONNREFUSED {{upstream-address}}';
const NO_SUCH_HOST = 'proxy error /f/dns-nxdomain/http-proxy/raw: ENOTFOUND getaddrinfo ENOTFOUND no-such-host.test';

const retold = (line: string, log: 'access' | 'error', context = READER): string =>
  fillPlaceholders(maskVolatile(line, log, httpProxy.volatile), httpProxy.volatile, context);

describe("http-proxy's logs", () => {
  it("tell the reader's request, with as much of its path as the log keeps", () => {
    expect(retold(OK, 'access')).toBe('"PUT /orders/42?full=1 HTTP/1.1" 200 finished=true headersSent=true 2005ms');
    const long = { ...READER, path: `/${'x'.repeat(300)}` };
    expect(retold(OK, 'access', long)).toContain(`"PUT /${'x'.repeat(199)} HTTP/1.1"`);
  });

  it("put the application's status in place of the recorder's", () => {
    expect(replaceVolatile(OK, 'access', httpProxy.passedOnLog, { ...READER, status: 404 })).toContain(
      'HTTP/1.1" 404 finished',
    );
  });

  it('name the upstream as the scenario does', () => {
    expect(retold(REFUSED, 'error')).toBe(
      'proxy error /orders/42?full=1: ECONNREFUSED connect ECONNREFUSED 10.0.0.12:8080',
    );
    expect(retold(NO_SUCH_HOST, 'error', { ...READER, upstreamHost: 'orders.test' })).toMatch(
      /ENOTFOUND orders\.test$/,
    );
  });
});

describe("Node's own words", () => {
  it('name no folder of the recording machine', () => {
    expect(
      retold(
        '    at ProxyServer.<anonymous> (file:///home/me/lab/tools/recorder/programs/http-proxy.ts:13:41)',
        'error',
      ),
    ).toBe('    at ProxyServer.<anonymous> (/opt/gateway/tools/recorder/programs/http-proxy.ts:13:41)');
    expect(
      retold('    at f (/home/me/lab/node_modules/http-proxy/node_modules/eventemitter3/index.js:210:27)', 'error'),
    ).toBe('    at f (/opt/gateway/node_modules/http-proxy/node_modules/eventemitter3/index.js:210:27)');
  });
});

it("has the error's code and text for a verdict", () => {
  expect(httpProxy.verdict([NO_SUCH_HOST], [OK])).toBe('ENOTFOUND getaddrinfo ENOTFOUND no-such-host.test');
  expect(httpProxy.verdict([], [OK])).toBeNull();
});

describe('a response passed on by http-proxy', () => {
  const headersOf = (headers: readonly (readonly [string, string])[]) =>
    httpProxy.passOn({ version: 'HTTP/1.1', status: 200, reason: 'OK', headers }, '', {
      method: 'GET',
      complete: true,
      bodyLength: 5,
    }).headers;

  it('keeps the order and the hop-by-hop headers of the upstream', () => {
    expect(
      headersOf([
        ['X-App', 'yes'],
        ['Connection', 'close'],
        ['Content-Length', '5'],
      ]),
    ).toEqual([
      ['x-app', 'yes'],
      ['connection', 'close'],
      ['content-length', '5'],
      ['Date', '{{date}}'],
    ]);
  });

  it('says keep-alive where the upstream said nothing', () => {
    expect(
      headersOf([
        ['Date', 'today'],
        ['Content-Length', '5'],
      ]),
    ).toEqual([
      ['date', 'today'],
      ['content-length', '5'],
      ['connection', 'keep-alive'],
    ]);
  });

  it('comes in chunks where only the end of the connection ended the upstream’s', () => {
    expect(headersOf([['Connection', 'close']])).toContainEqual(['Transfer-Encoding', 'chunked']);
  });

  it('has one value a name, as Node counts them, but for cookies', () => {
    expect(
      headersOf([
        ['Vary', 'a'],
        ['Server', 'first'],
        ['vary', 'b'],
        ['server', 'second'],
        ['Set-Cookie', 'c=1'],
        ['Set-Cookie', 'd=2'],
        ['Connection', 'close'],
        ['Date', 'today'],
        ['Content-Length', '5'],
      ]),
    ).toEqual([
      ['vary', 'a, b'],
      ['server', 'first'],
      ['set-cookie', 'c=1'],
      ['set-cookie', 'd=2'],
      ['connection', 'close'],
      ['date', 'today'],
      ['content-length', '5'],
    ]);
  });
});
