import { describe, expect, it } from 'vitest';
import { fillPlaceholders, maskVolatile, replaceVolatile } from '../profile.ts';
import { traefik } from './traefik.ts';
import { READER } from './volatile-context.fixture.ts';

/** Lines as Traefik 3.7.15 wrote them. */
const REFUSED =
  '127.0.0.1 - - [21/Nov/2026:20:37:15 +0000] "GET /f/connect-refused/traefik/raw HTTP/1.1" 502 11 "-" "-" 7 "connect-refused@file" "http://127.0.0.1:20009" 0ms';
const NO_SERVER =
  '127.0.0.1 - - [21/Nov/2026:20:37:15 +0000] "GET /f/all-down/traefik/raw HTTP/1.1" 503 20 "-" "-" 4 "all-down@file" "-" 0ms';
const CAUSE =
  '2026-11-21T20:37:15Z DBG github.com/traefik/traefik/v3/pkg/proxy/httputil/proxy.go:199 > 502 Bad Gateway error="dial tcp 127.0.0.1:20009: connect: connection refused"';
const ABORTED =
  '2026-11-21T20:37:15Z DBG github.com/traefik/traefik/v3/pkg/middlewares/recovery/recovery.go:45 > Request has been aborted [127.0.0.1:45604 - /f/close-mid-body-cl/traefik/raw]: net/http: abort Handler middlewareName=traefik-internal-recovery middlewareType=Recovery';

const retold = (line: string, log: 'access' | 'error'): string =>
  fillPlaceholders(maskVolatile(line, log, traefik.volatile), traefik.volatile, READER);

describe("Traefik's logs", () => {
  it("tell the reader's request, with a router named after its path", () => {
    expect(retold(REFUSED, 'access')).toBe(
      '203.0.113.7 - - [15/Jan/2026:09:00:00 +0000] "PUT /orders/42?full=1 HTTP/1.1" 502 11 "-" "-" 3 "orders@file" "http://10.0.0.12:8080" 2005ms',
    );
  });

  it('name no server where none was left', () => {
    expect(retold(NO_SERVER, 'access')).toMatch(/ "orders@file" "-" 2005ms$/);
  });

  it("put the application's status and length in place of the recorder's", () => {
    expect(
      replaceVolatile(REFUSED, 'access', traefik.passedOnLog, { ...READER, status: 404, bodyBytes: 13 }),
    ).toContain('HTTP/1.1" 404 13 "-" ');
  });

  it('name the client of a request that was aborted', () => {
    expect(retold(ABORTED, 'error')).toContain(' aborted [203.0.113.7:40003 - /orders/42?full=1]: ');
  });
});

it('has what it logs at DEBUG for a verdict', () => {
  expect(traefik.verdict([CAUSE], [REFUSED])).toBe(
    '502 Bad Gateway error="dial tcp 127.0.0.1:20009: connect: connection refused"',
  );
  expect(traefik.verdict([], [NO_SERVER])).toBeNull();
});
