import { describe, expect, it } from 'vitest';
import type { Header } from '../exchange.ts';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import type { Volatile } from '../recording.ts';
import { apache } from './apache.ts';
import { READER } from './volatile-context.fixture.ts';

/** Lines as Apache httpd 2.4.71 wrote them. */
const ACCESS =
  '127.0.0.1 - - [21/Nov/2026:20:24:23 +0000] "GET /f/ok/apache/raw HTTP/1.1" 200 20 "-" "lab-raw/1" D=2001904 X=+';
const TIMED_OUT =
  '[Sat Nov 21 20:24:27.887577 2026] [proxy_http:error] [pid 6427:tid 6445] (70007)The timeout specified has expired: [client 127.0.0.1:51262] AH01102: error reading status line from remote server 127.0.0.1:26331';
const REFUSED =
  '[Sat Nov 21 20:24:22.947794 2026] [proxy:error] [pid 6352:tid 6357] (111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:26322 (127.0.0.1:26322) failed';
const NO_SUCH_HOST =
  '[Sat Nov 21 20:24:25.076369 2026] [proxy:error] [pid 6352:tid 6360] (EAI 2)Name or service not known: [client 127.0.0.1:51162] AH00898: DNS lookup failure for: no-such-host.invalid returned by /f/dns-nxdomain/apache/raw';
const OWN_PAGE =
  'HTTP/1.1 502 Proxy Error\r\nDate: Sat, 21 Nov 2026 20:24:25 GMT\r\nServer: Apache/2.4.71 (Debian) OpenSSL/3.0.19\r\n';

const retold = (text: string, place: Volatile['in']): string =>
  fillPlaceholders(maskVolatile(text, place, apache.volatile), apache.volatile, READER);

describe("Apache httpd's log lines", () => {
  it("tell the reader's request, at the time when it came", () => {
    expect(retold(ACCESS, 'access')).toBe(
      '203.0.113.7 - - [15/Jan/2026:09:00:00 +0000] "PUT /orders/42?full=1 HTTP/1.1" 200 20 "-" "shop/2.1" D=2005000 X=+',
    );
  });

  it("tell the reader's upstream and the time of the failure", () => {
    expect(retold(TIMED_OUT, 'error')).toBe(
      '[Thu Jan 15 09:00:02.005000 2026] [proxy_http:error] [pid 29:tid 31] (70007)The timeout specified has expired: [client 203.0.113.7:40003] AH01102: error reading status line from remote server 10.0.0.12:8080',
    );
    expect(retold(REFUSED, 'error')).toContain('attempt to connect to 10.0.0.12:8080 (10.0.0.12:8080) failed');
    expect(retold(NO_SUCH_HOST, 'error')).toMatch(
      /DNS lookup failure for: 10\.0\.0\.12 returned by \/orders\/42\?full=1$/,
    );
  });

  it('call a connection closed that httpd closes after the status of the application', () => {
    const context = {
      ...READER,
      status: 503,
      bodyBytes: 9,
      head: { status: 503, reason: '', headers: [['Connection', 'close'] as const] },
    };
    expect(replaceVolatile(ACCESS, 'access', apache.passedOnLog, context)).toContain(
      '" 503 9 "-" "lab-raw/1" D=2001904 X=-',
    );
    expect(replaceVolatile(ACCESS, 'access', apache.passedOnLog, { ...READER, bodyBytes: 0 })).toContain(
      '" 504 - "-" "lab-raw/1" D=2001904 X=+',
    );
  });
});

describe("Apache httpd's verdict", () => {
  it('is the first error with its number and the words of the system', () => {
    expect(apache.verdict([TIMED_OUT], [])).toBe(
      '(70007)The timeout specified has expired: AH01102: error reading status line from remote server 127.0.0.1:26331',
    );
    expect(apache.verdict([REFUSED], [])).toBe(
      '(111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:26322 (127.0.0.1:26322) failed',
    );
  });

  it('is nothing where the log has no error', () => {
    expect(apache.verdict([], [ACCESS])).toBeNull();
  });
});

describe('a response passed on by Apache httpd', () => {
  const passedOn = (headers: readonly Header[], status = 200) =>
    apache.passOn({ version: 'HTTP/1.1', status, reason: null, headers }, 'Apache/2.4.71 (Debian)', {
      method: 'GET',
      complete: true,
      bodyLength: 5,
    });

  it("starts with a Date and the upstream's Server", () => {
    expect(
      passedOn([
        ['Content-Length', '5'],
        ['Server', 'app'],
      ]).headers,
    ).toEqual([
      ['Date', '{{date}}'],
      ['Server', 'app'],
      ['Content-Length', '5'],
    ]);
  });

  it("has httpd's own Server where the upstream sends none, as its error pages do", () => {
    const server = passedOn([['Content-Length', '5']]).headers.find(([name]) => name === 'Server')?.[1];
    expect(maskVolatile(OWN_PAGE, 'head', apache.volatile)).toContain(`Server: ${server ?? ''}\r\n`);
  });

  it('goes out in chunks when its length is unknown', () => {
    expect(passedOn([]).headers).toContainEqual(['Transfer-Encoding', 'chunked']);
  });

  it('ends the connection after a 503, and not after a 502', () => {
    expect(passedOn([['Content-Length', '5']], 503).headers).toContainEqual(['Connection', 'close']);
    expect(passedOn([['Content-Length', '5']], 502).headers).not.toContainEqual(['Connection', 'close']);
  });
});
