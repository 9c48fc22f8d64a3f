import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile } from '../profile.ts';
import { httpProxyMiddleware } from './http-proxy-middleware.ts';
import { READER } from './volatile-context.fixture.ts';

const PASSED =
  '[HPM] GET /f/ok/http-proxy-middleware/raw -> http://{{upstream-address}}/f/ok/http-proxy-middleware/raw [200]';
const REFUSED =
  '[HPM] Error occurred while proxying request gw.test/f/connect-refused/http-proxy-middleware/raw to http://{{upstream-address}}/ [ECONNREFUSED] (https://nodejs.org/api/errors.html#errors_common_system_errors)';
const BODY = 'Error occurred while trying to proxy: gw.test/f/connect-refused/http-proxy-middleware/raw';

const { volatile } = httpProxyMiddleware;
const retold = (text: string, place: 'body' | 'error'): string =>
  fillPlaceholders(maskVolatile(text, place, volatile), volatile, READER);

describe("http-proxy-middleware's own words", () => {
  it("name the reader's request in the log", () => {
    expect(retold(PASSED, 'error')).toBe('[HPM] PUT /orders/42?full=1 -> http://10.0.0.12:8080/orders/42?full=1 [504]');
    expect(retold(REFUSED, 'error')).toBe(
      '[HPM] Error occurred while proxying request api.example.com/orders/42?full=1 to http://10.0.0.12:8080/ [ECONNREFUSED] (https://nodejs.org/api/errors.html#errors_common_system_errors)',
    );
  });

  it("name the reader's request in the answer too", () => {
    expect(retold(BODY, 'body')).toBe('Error occurred while trying to proxy: api.example.com/orders/42?full=1');
  });

  it('are the verdict where they tell of an error', () => {
    expect(httpProxyMiddleware.verdict([REFUSED], [])).toMatch(/^Error occurred while proxying request /);
    expect(httpProxyMiddleware.verdict([PASSED], [])).toBeNull();
  });
});

it('shows Express in the answers that it passes on', () => {
  const head = { version: 'HTTP/1.1', status: 200, reason: 'OK', headers: [['Content-Length', '5']] as const };
  const sent = { method: 'GET', complete: true, bodyLength: 5 };
  expect(httpProxyMiddleware.passOn(head, '', sent).headers[0]).toEqual(['X-Powered-By', 'Express']);
});
