import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import { haproxy } from './haproxy.ts';
import { READER } from './volatile-context.fixture.ts';

/** Lines as HAProxy 2.6.12 wrote them. */
const REFUSED =
  '127.0.0.1:43210 [21/Nov/2026:19:03:07.123] fe be_connect_refused/s1 0/3004/-1/-1/3004 503 217 - - SC-- 1/1/0/0/3 0/0 "GET /f/connect-refused/haproxy/raw HTTP/1.1"';
const OK =
  '127.0.0.1:43210 [21/Nov/2026:19:03:07.123] fe be_ok/s1 0/0/1/2/3 200 110 - - ---- 1/1/0/0/0 0/0 "GET /f/ok/haproxy/raw HTTP/1.1"';
const STALLED =
  '127.0.0.1:43210 [21/Nov/2026:19:03:07.123] fe fe/<NOSRV> -1/-1/-1/-1/2001 408 0 - - cR-- 1/1/0/0/0 0/0 "<BADREQ>"';

const masked = (line: string): string => maskVolatile(line, 'access', haproxy.volatile);
const retold = (line: string): string => fillPlaceholders(masked(line), haproxy.volatile, READER);

describe("HAProxy's log lines", () => {
  it('masks times and the request, and keeps the phases that were not reached', () => {
    expect(masked(REFUSED)).toBe(
      '{{client}} [{{accept-time}}] fe be_{{backend}}/s1 {{request-ms}}/{{queue-ms}}/-1/-1/{{total-ms}} 503 217 - - SC-- 1/1/0/0/3 0/0 "{{method}} {{path}} HTTP/1.1"',
    );
    expect(masked(STALLED)).toContain(' fe/<NOSRV> -1/-1/-1/-1/{{total-ms}} 408 0 ');
  });

  it("tells the reader's request, with a backend named after its path", () => {
    expect(retold(OK)).toBe(
      '203.0.113.7:40003 [15/Jan/2026:09:00:00.000] fe be_orders/s1 0/0/2/2003/2005 200 110 - - ---- 1/1/0/0/0 0/0 "PUT /orders/42?full=1 HTTP/1.1"',
    );
  });

  it("puts the application's status and the size of its answer in place of the recorder's", () => {
    const context = {
      ...READER,
      status: 503,
      bodyBytes: 9,
      head: {
        status: 503,
        reason: 'Service Unavailable',
        headers: [
          ['content-type', 'text/plain'],
          ['x-app', 'yes'],
          ['retry-after', '120'],
          ['content-length', '9'],
        ] as const,
      },
    };
    // The real one wrote 119 for this answer.
    expect(replaceVolatile(OK, 'access', haproxy.passedOnLog, context)).toContain(' 503 119 - - ');
  });
});

describe("HAProxy's verdict", () => {
  it('explains the termination state', () => {
    expect(haproxy.verdict([], [REFUSED])).toBe('SC-- (the server aborted or refused while connecting to the server)');
    expect(haproxy.verdict([], [STALLED])).toMatch(/^cR-- .*timer for the client ran out/);
  });

  it('has nothing to say about a session that ended well', () => {
    expect(haproxy.verdict([], [OK])).toBeNull();
  });
});

describe('a response passed on by HAProxy', () => {
  const passedOn = (headers: readonly (readonly [string, string])[], status = 200) =>
    haproxy.passOn({ version: 'HTTP/1.0', status, reason: 'OK', headers }, '', {
      method: 'GET',
      complete: true,
      bodyLength: 5,
    }).headers;

  it('has lower-case names and nothing of its own', () => {
    expect(
      passedOn([
        ['Content-Type', 'text/plain'],
        ['Content-Length', '5'],
        ['Connection', 'keep-alive'],
      ]),
    ).toEqual([
      ['content-type', 'text/plain'],
      ['content-length', '5'],
    ]);
  });

  it('keeps the chunks and drops a length beside them', () => {
    expect(
      passedOn([
        ['Content-Length', '5'],
        ['Transfer-Encoding', 'chunked'],
      ]),
    ).toEqual([['transfer-encoding', 'chunked']]);
  });

  it('closes the connection where nothing else ends the body', () => {
    expect(passedOn([['Content-Type', 'text/plain']])).toContainEqual(['connection', 'close']);
    expect(passedOn([], 204)).toEqual([]);
  });
});
