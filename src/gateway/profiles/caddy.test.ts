import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import { caddy } from './caddy.ts';
import { READER } from './volatile-context.fixture.ts';

/** Lines as Caddy 2.11.7 wrote them. */
const REQUEST =
  '"request":{"remote_ip":"127.0.0.1","remote_port":"40102","client_ip":"127.0.0.1","proto":"HTTP/1.1","method":"GET","host":"gw.test","uri":"/f/ok/caddy/raw","headers":{"Accept":["*/*"],"User-Agent":["lab-raw/1"]}}';
const OK = `{"level":"info","ts":1795292824.670553,"logger":"http.log.access.log0","msg":"handled request",${REQUEST},"bytes_read":0,"user_id":"","duration":0.002870088,"size":20,"status":200,"resp_headers":{"Via":["1.1 Caddy"],"Server":["lab-upstream"]}}`;
const OWN = OK.replace('{"Via":["1.1 Caddy"],"Server":["lab-upstream"]}', '{"Server":["Caddy"]}');
const RESET = `{"level":"error","ts":1795292824.67,"logger":"http.log.error.log0","msg":"read tcp 127.0.0.1:43210->127.0.0.1:20014: read: connection reset by peer",${REQUEST},"duration":0.0003,"status":502,"err_id":"gainxp592","err_trace":"reverseproxy.statusError (reverseproxy.go:1695)"}`;
const CUT = `{"level":"warn","ts":1795292860.7186792,"logger":"http.handlers.reverse_proxy","msg":"aborting with incomplete response","upstream":"127.0.0.1:22719","error":"reading: unexpected EOF"}`;

const context = {
  ...READER,
  status: 201,
  bodyBytes: 9,
  head: {
    status: 201,
    reason: 'Created',
    headers: [
      ['Content-Type', 'text/plain'],
      ['Via', '1.1 Caddy'],
      ['Date', 'today'],
    ] as const,
  },
};
const retold = (line: string, log: 'access' | 'error'): string =>
  fillPlaceholders(maskVolatile(line, log, caddy.volatile), caddy.volatile, context);

describe("Caddy's logs", () => {
  it('stay JSON with every placeholder filled', () => {
    const { ts, request, duration } = JSON.parse(retold(OK, 'access')) as Record<string, unknown>;
    expect({ ts, duration }).toEqual({ ts: 1_768_467_602.005, duration: 2.005 });
    expect(request).toMatchObject({
      method: 'PUT',
      uri: '/orders/42?full=1',
      host: 'api.example.com',
      // Go keeps Host apart.
      headers: { 'User-Agent': ['shop/2.1'] },
    });
  });

  it('name the headers of the response that was passed on, without those that Go adds below', () => {
    expect(JSON.parse(retold(OK, 'access'))).toMatchObject({
      resp_headers: { 'Content-Type': ['text/plain'], Via: ['1.1 Caddy'] },
    });
    expect(retold(OK, 'access')).not.toContain('today');
  });

  it("keep the one header of Caddy's own answers", () => {
    const own = {
      status: 502,
      reason: 'Bad Gateway',
      headers: [
        ['Server', 'Caddy'],
        ['Date', 'today'],
        ['Content-Length', '0'],
      ] as const,
    };
    const line = fillPlaceholders(maskVolatile(OWN, 'access', caddy.volatile), caddy.volatile, {
      ...READER,
      head: own,
    });
    expect(line).toContain('"resp_headers":{"Server":["Caddy"]}');
  });

  it("put the application's status in place of the recorder's, and call a 5xx an error", () => {
    const line = replaceVolatile(OK, 'access', caddy.passedOnLog, { ...READER, status: 503, bodyBytes: 7 });
    expect(line).toMatch(/^\{"level":"error",.*"size":7,"status":503,/);
  });

  it('name both ends of a connection that broke', () => {
    expect(retold(RESET, 'error')).toContain('read tcp 10.0.0.2:32774->10.0.0.12:8080: read: connection reset by peer');
  });
});

describe("Caddy's verdict", () => {
  it('is the message of its first error', () => {
    expect(caddy.verdict([RESET], [])).toMatch(/: read: connection reset by peer$/);
    expect(caddy.verdict([CUT], [])).toBe('aborting with incomplete response: reading: unexpected EOF');
    expect(caddy.verdict([], [OK])).toBeNull();
  });
});

describe('a response passed on by Caddy', () => {
  const passedOn = (program: string) =>
    caddy.passOn(
      {
        version: 'HTTP/1.1',
        status: 413,
        reason: 'Mine',
        headers: [
          ['server', 'shop'],
          ['X-App', 'yes'],
          ['content-length', '5'],
          ['content-type', 'text/plain'],
        ],
      },
      program,
      { method: 'GET', complete: true, bodyLength: 5 },
    );

  it('has sorted headers and Go’s reason phrase; since 2.9 Caddy is in Via, before it was in a second Server', () => {
    const rest = [
      ['Content-Length', '5'],
      ['Content-Type', 'text/plain'],
    ];
    expect(passedOn('Caddy/2.6.2')).toMatchObject({
      reason: 'Request Entity Too Large',
      headers: [...rest, ['Server', 'Caddy'], ['Server', 'shop'], ['X-App', 'yes'], ['Date', '{{date}}']],
    });
    expect(passedOn('Caddy/2.11.7').headers).toEqual([
      ...rest,
      ['Server', 'shop'],
      ['Via', '1.1 Caddy'],
      ['X-App', 'yes'],
      ['Date', '{{date}}'],
    ]);
  });
});
