import { describe, expect, it } from 'vitest';
import type { Header } from '../exchange.ts';
import { fillPlaceholders, maskVolatile } from '../profile.ts';
import type { Volatile } from '../recording.ts';
import { varnish } from './varnish.ts';
import { READER } from './volatile-context.fixture.ts';

/** Lines as Varnish 7.1.1 wrote them. */
const ACCESS =
  '127.0.0.1 - - [21/Nov/2026:20:28:31 +0000] "GET http://gw.test/f/connect-refused/varnish/raw HTTP/1.1" 503 282 "-" "lab-raw/1" handling=miss';
const REFUSED = '--  FetchError     backend connect_refused_0: fail errno 111 (Connection refused)';
const NO_BACKEND = '--  FetchError     Director d_all_down returned no backend';
const PAGE = '<h3>Guru Meditation:</h3>\n    <p>XID: 32774</p>\n';

const retold = (text: string, place: Volatile['in']): string =>
  fillPlaceholders(maskVolatile(text, place, varnish.volatile), varnish.volatile, READER);

describe("Varnish's log lines", () => {
  it("tell the reader's request with its whole URL", () => {
    expect(retold(ACCESS, 'access')).toBe(
      '203.0.113.7 - - [15/Jan/2026:09:00:00 +0000] "PUT http://api.example.com/orders/42?full=1 HTTP/1.1" 503 92 "-" "shop/2.1" handling=miss',
    );
  });

  it('name a backend after the path of the request', () => {
    expect(retold(REFUSED, 'error')).toBe('--  FetchError     backend orders_0: fail errno 111 (Connection refused)');
    expect(retold(NO_BACKEND, 'error')).toBe('--  FetchError     Director d_orders returned no backend');
  });

  it('number the fetch after the request, on the error page too', () => {
    const request = Number(fillPlaceholders('{{request-number}}', varnish.volatile, READER));
    expect(retold(PAGE, 'body')).toContain(`<p>XID: ${request + 1}</p>`);
  });
});

describe("Varnish's verdict", () => {
  it('is the record that tells of a failure', () => {
    expect(varnish.verdict([REFUSED], [])).toBe(
      'FetchError: backend connect_refused_0: fail errno 111 (Connection refused)',
    );
    expect(varnish.verdict([], [ACCESS])).toBeNull();
  });
});

describe('a response passed on by Varnish', () => {
  const passedOn = (headers: readonly Header[], sent = { method: 'GET', complete: true, bodyLength: 5 }) =>
    varnish.passOn({ version: 'HTTP/1.1', status: 200, reason: 'OK', headers }, 'varnish-7.1.1', sent).headers;

  it("has the backend's headers first, then Varnish's own", () => {
    expect(
      passedOn([
        ['Content-Type', 'text/plain'],
        ['Content-Length', '5'],
      ]),
    ).toEqual([
      ['Content-Type', 'text/plain'],
      ['Content-Length', '5'],
      ['Date', '{{date}}'],
      ['X-Varnish', '{{request-number}}'],
      ['Age', '0'],
      ['Via', '1.1 varnish (Varnish/7.1)'],
      ['Accept-Ranges', 'bytes'],
      ['Connection', 'keep-alive'],
    ]);
  });

  it('has a length when the chunks had all come, and chunks when they had not', () => {
    const chunked: Header = ['Transfer-Encoding', 'chunked'];
    expect(passedOn([chunked])).toContainEqual(['Content-Length', '5']);
    expect(passedOn([chunked], { method: 'GET', complete: false, bodyLength: 5 }).at(-1)).toEqual(chunked);
  });

  it('offers no ranges of the answer to a POST, which it never keeps', () => {
    const names = passedOn([['Content-Length', '5']], { method: 'POST', complete: true, bodyLength: 5 }).map(
      ([name]) => name,
    );
    expect(names).not.toContain('Accept-Ranges');
  });
});
