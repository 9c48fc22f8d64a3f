import { describe, expect, it } from 'vitest';
import type { Header } from '../exchange.ts';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import type { Volatile } from '../recording.ts';
import { squid } from './squid.ts';
import { READER } from './volatile-context.fixture.ts';

/** Texts as Squid 5.7 wrote them. */
const OK =
  '1795293118.463      2 127.0.0.1 TCP_MISS/200 270 GET http://gw.test/f/ok/squid/raw - FIRSTUP_PARENT/127.0.0.1 text/plain err=-/-';
const TIMED_OUT =
  '1795293121.462   2459 127.0.0.1 TCP_MISS/504 3519 GET http://gw.test/f/read-timeout/squid/raw - FIRSTUP_PARENT/127.0.0.1 text/html err=ERR_READ_TIMEOUT/WITH_SERVER';
const TOO_LARGE =
  '1795293121.462      0 127.0.0.1 NONE_NONE/431 4000 GET error:request-too-large - HIER_NONE/- text/html err=-/-';
const FAILED = '2026/11/21 20:32:01| TCP connection to 127.0.0.1/20809 failed';
const PAGE =
  '<p>… the URL: <a href="http://gw.test/f/read-timeout/squid/raw">http://gw.test/f/read-timeout/squid/raw</a></p>\n' +
  '<p>Generated Sat, 21 Nov 2026 20:32:01 GMT by gw.squid (squid/5.7)</p>';

const retold = (text: string, place: Volatile['in']): string =>
  fillPlaceholders(maskVolatile(text, place, squid.volatile), squid.volatile, READER);

describe("Squid's log lines", () => {
  it("tell the reader's request, without what follows its question mark", () => {
    expect(retold(TIMED_OUT, 'access')).toBe(
      '1768467602.005   2005 203.0.113.7 TCP_MISS/504 198 PUT http://api.example.com/orders/42? - FIRSTUP_PARENT/10.0.0.12 text/html err=ERR_READ_TIMEOUT/WITH_SERVER',
    );
  });

  it('keep what Squid writes in place of a URL that it did not accept', () => {
    expect(retold(TOO_LARGE, 'access')).toContain(' NONE_NONE/431 198 GET error:request-too-large - ');
  });

  it('write the address of a peer with a slash', () => {
    expect(retold(FAILED, 'error')).toBe('2026/01/15 09:00:02| TCP connection to 10.0.0.12/8080 failed');
  });

  it("take over the application's status and type", () => {
    const headers: Header[] = [['Content-Type', 'application/json; charset=utf-8']];
    const context = { ...READER, status: 201, head: { status: 201, reason: 'Created', headers } };
    expect(replaceVolatile(OK, 'access', squid.passedOnLog, context)).toMatch(
      / TCP_MISS\/201 270 .* application\/json err=-\/-$/,
    );
  });
});

describe("Squid's error page", () => {
  it("repeats the reader's URL and says when it was made", () => {
    expect(retold(PAGE, 'body')).toBe(
      '<p>… the URL: <a href="http://api.example.com/orders/42?full=1">http://api.example.com/orders/42?full=1</a></p>\n' +
        '<p>Generated Thu, 15 Jan 2026 09:00:02 GMT by gw.squid (squid/5.7)</p>',
    );
  });
});

describe("Squid's verdict", () => {
  it('is the code of its error page', () => {
    expect(squid.verdict([], [TIMED_OUT])).toBe('ERR_READ_TIMEOUT WITH_SERVER');
    expect(squid.verdict([], [OK])).toBeNull();
  });
});

describe('a response passed on by Squid', () => {
  const passedOn = (headers: readonly Header[], status = 200) =>
    squid.passOn({ version: 'HTTP/1.1', status, reason: 'As the server said', headers }, 'squid/5.7', {
      method: 'GET',
      complete: true,
      bodyLength: 5,
    });

  it("has the server's headers first, then Squid's own", () => {
    expect(
      passedOn([
        ['Content-Type', 'text/plain'],
        ['Content-Length', '5'],
      ]).headers,
    ).toEqual([
      ['Content-Type', 'text/plain'],
      ['Content-Length', '5'],
      ['Date', '{{date}}'],
      ['X-Cache', 'MISS from gw.squid'],
      ['X-Cache-Lookup', 'MISS from gw.squid:{{listen-port}}'],
      ['Via', '1.1 gw.squid (squid/5.7)'],
      ['Connection', 'keep-alive'],
    ]);
  });

  it("has Squid's own reason phrase", () => {
    expect(passedOn([['Content-Length', '5']], 413).reason).toBe('Payload Too Large');
  });
});
