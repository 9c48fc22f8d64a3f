import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile, replaceVolatile, type SentMessage } from '../profile.ts';
import { h2o } from './h2o.ts';
import { READER } from './volatile-context.fixture.ts';

const SENT: SentMessage = { method: 'GET', complete: true, bodyLength: 20 };

/** Lines as H2O 2.2.5 wrote them. */
const REFUSED =
  '127.0.0.1 - - [21/Nov/2026:20:25:25 +0000] "GET /f/connect-refused/h2o/raw HTTP/1.1" 502 17 "-" "lab-raw/1" err="[lib/core/proxy.c] connection failed"';
const ERROR = '[lib/core/proxy.c] in request:/f/connect-refused/h2o/raw:connection failed';

const retold = (line: string, place: 'access' | 'error', path = READER.path): string =>
  fillPlaceholders(maskVolatile(line, place, h2o.volatile), h2o.volatile, { ...READER, path });

describe("H2O's log lines", () => {
  it("tell the reader's request, at the time it came", () => {
    expect(retold(REFUSED, 'access')).toBe(
      '203.0.113.7 - - [15/Jan/2026:09:00:00 +0000] "PUT /orders/42?full=1 HTTP/1.1" 502 17 "-" "shop/2.1" err="[lib/core/proxy.c] connection failed"',
    );
  });

  it('shorten a long path in the error log, as the program does', () => {
    expect(retold(ERROR, 'error')).toBe('[lib/core/proxy.c] in request:/orders/42?full=1:connection failed');
    expect(retold(ERROR, 'error', '/orders/0123456789012345678901234567890123456789')).toBe(
      '[lib/core/proxy.c] in request:/orders/012345678901234567890...:connection failed',
    );
  });

  it("have the application's status and length when its answer is passed on", () => {
    const line = REFUSED.replace('502 17', '200 20').replace(/err=".*"/, 'err=""');
    expect(replaceVolatile(line, 'access', h2o.passedOnLog, { ...READER, status: 404, bodyBytes: 9 })).toContain(
      '" 404 9 "-"',
    );
  });
});

describe('what H2O passes on', () => {
  const head = { version: 'HTTP/1.1', status: 200, reason: 'OK' };

  it('begins with its own headers and leaves the rest in their order', () => {
    const headers = [
      ['Server', 'lab-upstream'],
      ['X-App', 'yes'],
      ['Content-Length', '20'],
      ['Connection', 'close'],
    ] as const;
    expect(h2o.passOn({ ...head, headers }, 'h2o/2.2.5', SENT).headers).toEqual([
      ['Date', '{{date}}'],
      ['Connection', 'keep-alive'],
      ['Content-Length', '20'],
      ['Server', 'h2o/2.2.5'],
      ['X-App', 'yes'],
    ]);
  });

  it('is sent in chunks when it has no length, unless it can have no body', () => {
    expect(h2o.passOn({ ...head, headers: [] }, 'h2o/2.2.5', SENT).headers.at(-1)).toEqual([
      'transfer-encoding',
      'chunked',
    ]);
    expect(h2o.passOn({ ...head, status: 204, headers: [] }, 'h2o/2.2.5', SENT).headers.at(-1)).toEqual([
      'Server',
      'h2o/2.2.5',
    ]);
  });
});

describe("H2O's verdict", () => {
  it('is in the access log', () => {
    expect(h2o.verdict([ERROR], [REFUSED])).toBe('connection failed');
    expect(h2o.verdict([], ['… 200 20 "-" "lab-raw/1" err=""'])).toBeNull();
  });
});
