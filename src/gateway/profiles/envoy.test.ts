import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import { envoy } from './envoy.ts';
import { READER } from './volatile-context.fixture.ts';

/** Lines as Envoy 1.40.0 wrote them. */
const OK =
  '[2026-11-21T20:21:46.888Z] "GET /f/ok/envoy/raw HTTP/1.1" 200 - 0 20 2 1 "-" "lab-raw/1" "c594f65f-c6ce-4c4b-ad69-57621a982932" "gw.test" "127.0.0.1:20012" details=via_upstream termination=- transport="-" tries=1';
const REFUSED =
  '[2026-11-21T20:21:46.888Z] "GET /f/connect-refused/envoy/raw HTTP/1.1" 503 UF 0 98 0 - "-" "lab-raw/1" "c594f65f-c6ce-4c4b-ad69-57621a982932" "gw.test" "127.0.0.1:20013" details=upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused} termination=- transport="delayed_connect_error:_Connection_refused" tries=1';
const MALFORMED =
  '[2026-11-21T20:21:46.888Z] "- - HTTP/1.1" 400 DPE 0 11 0 - "-" "-" "-" "-" "-" details=http1.codec_error termination=- transport="-" tries=0';

const masked = (line: string): string => maskVolatile(line, 'access', envoy.volatile);
const retold = (line: string): string => fillPlaceholders(masked(line), envoy.volatile, READER);

describe("Envoy's access log", () => {
  it('leaves nothing of the recording machine', () => {
    expect(masked(OK)).toBe(
      '[{{start-time}}] "{{method}} {{path}} HTTP/1.1" 200 - {{request-bytes}} 20 {{duration-ms}} {{service-ms}} "-" "{{user-agent}}" "{{request-id}}" "{{host}}" "{{upstream-address}}" details=via_upstream termination=- transport="-" tries=1',
    );
  });

  it("tells the reader's request, always with the same request id", () => {
    expect(retold(OK)).toMatch(
      /^\[2026-01-15T09:00:00\.000Z\] "PUT \/orders\/42\?full=1 HTTP\/1\.1" 200 - 0 20 2005 2005 "-" "shop\/2\.1" "[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}" "api\.example\.com" "10\.0\.0\.12:8080" details=via_upstream /,
    );
    expect(retold(OK)).toBe(retold(OK));
  });

  it('keeps the dashes of what was never known', () => {
    expect(masked(MALFORMED)).toBe(
      '[{{start-time}}] "- - HTTP/1.1" 400 DPE {{request-bytes}} 11 {{duration-ms}} - "-" "-" "-" "-" "-" details=http1.codec_error termination=- transport="-" tries=0',
    );
  });

  it("puts the application's status and length in place of the recorder's", () => {
    const line = replaceVolatile(OK, 'access', envoy.passedOnLog, { ...READER, status: 404, bodyBytes: 13 });
    expect(line).toContain('HTTP/1.1" 404 - 0 13 2 1 ');
  });
});

describe("Envoy's verdict", () => {
  it('is its response flags and details', () => {
    expect(envoy.verdict([], [REFUSED])).toBe(
      'UF upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}',
    );
  });

  it('has nothing to say about an answer that it passed on', () => {
    expect(envoy.verdict([], [OK])).toBeNull();
  });
});

describe('a response passed on by Envoy', () => {
  const passedOn = (status: number, headers: readonly (readonly [string, string])[]) =>
    envoy.passOn({ version: 'HTTP/1.1', status, reason: 'Mine', headers }, 'envoy/1.40.0', {
      method: 'GET',
      complete: true,
      bodyLength: 5,
    });

  it('has lower-case names, Envoy’s own Server in place of the upstream’s, and Envoy’s reason phrase', () => {
    expect(
      passedOn(499, [
        ['Server', 'shop'],
        ['Content-Length', '5'],
        ['Connection', 'close'],
      ]),
    ).toEqual({
      version: 'HTTP/1.1',
      status: 499,
      reason: 'Unknown',
      headers: [
        ['server', 'envoy'],
        ['content-length', '5'],
        ['x-envoy-upstream-service-time', '{{service-ms}}'],
        ['date', '{{date}}'],
      ],
    });
  });

  it('comes in chunks where the upstream’s had no length', () => {
    expect(passedOn(200, [['Date', 'today']]).headers).toEqual([
      ['date', 'today'],
      ['x-envoy-upstream-service-time', '{{service-ms}}'],
      ['server', 'envoy'],
      ['transfer-encoding', 'chunked'],
    ]);
    expect(passedOn(204, []).headers.map(([name]) => name)).not.toContain('transfer-encoding');
  });
});
