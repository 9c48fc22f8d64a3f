import { describe, expect, it } from 'vitest';
import type { Header } from '../exchange.ts';
import { fillPlaceholders, maskVolatile, replaceVolatile, type SentMessage } from '../profile.ts';
import { trafficserver } from './trafficserver.ts';
import { READER } from './volatile-context.fixture.ts';

const SENT: SentMessage = { method: 'GET', complete: true, bodyLength: 20 };

/** Lines as Traffic Server 9.2.9 wrote them; addresses are masked before the gateway's own rules run. */
const REFUSED =
  '1795292826.156 0 127.0.0.1 ERR_CONNECT_FAIL/502 538 GET http://{{upstream-address}}/f/connect-refused/trafficserver/raw - DIRECT/127.0.0.1 text/html sssc=000 pfsc=INTR cfsc=FIN crat=0';
const OK =
  '1795292822.522 3 127.0.0.1 TCP_MISS/200 256 GET http://{{upstream-address}}/f/ok/trafficserver/raw - DIRECT/127.0.0.1 text/plain sssc=200 pfsc=FIN cfsc=FIN crat=0';
const ERROR =
  "20261121.20h27m06s CONNECT: attempt fail [CONNECTION_ERROR] to {{upstream-address}} for host='gw.test' connection_result=Connection refused [111] error=Connection refused [111] attempts=0 url='http://{{upstream-address}}/f/connect-refused/trafficserver/raw'";
const DIAGNOSTIC =
  '[Nov 21 20:27:06.123] [ET_NET 0] WARNING: SNI (upstream.test) not in certificate. Action=Terminate server=upstream.test(127.0.0.1)';

const retold = (line: string, place: 'access' | 'error'): string =>
  fillPlaceholders(maskVolatile(line, place, trafficserver.volatile), trafficserver.volatile, READER);

describe("Traffic Server's log lines", () => {
  it("tell the reader's request with the URL that it asked the server for", () => {
    expect(retold(REFUSED, 'access')).toBe(
      '1768467600.000 2005 203.0.113.7 ERR_CONNECT_FAIL/502 538 PUT http://10.0.0.12:8080/orders/42?full=1 - DIRECT/10.0.0.12 text/html sssc=000 pfsc=INTR cfsc=FIN crat=0',
    );
    expect(retold(ERROR, 'error')).toBe(
      "20260115.09h00m02s CONNECT: attempt fail [CONNECTION_ERROR] to 10.0.0.12:8080 for host='api.example.com' connection_result=Connection refused [111] error=Connection refused [111] attempts=0 url='http://10.0.0.12:8080/orders/42?full=1'",
    );
  });

  it('write the time of day in the diagnostic log their own way', () => {
    expect(retold(DIAGNOSTIC, 'error')).toMatch(/^\[Jan 15 09:00:02\.005\] \[ET_NET 0\] WARNING: SNI/);
  });

  it("have the application's status and the size of its answer when it is passed on", () => {
    const context = { ...READER, status: 503, sentBytes: 291 };
    expect(replaceVolatile(OK, 'access', trafficserver.passedOnLog, context)).toMatch(
      / TCP_MISS\/503 291 GET .* sssc=503 /,
    );
  });
});

describe('what Traffic Server passes on', () => {
  const LENGTH = ['Content-Length', '20'] as const;
  const namesOf = (status: number, ...headers: Header[]): string =>
    trafficserver
      .passOn({ version: 'HTTP/1.1', status, reason: 'OK', headers }, 'ATS/9.2.9', SENT)
      .headers.map(([name]) => name)
      .join(' ');

  it('has its name in the place of the upstream’s, or at the end', () => {
    expect(namesOf(200, ['Server', 'app'], LENGTH)).toBe('Server Content-Length Date Age Connection Via');
    expect(namesOf(200, LENGTH)).toBe('Content-Length Date Age Connection Via Server');
  });

  it("keeps the upstream's own date, and appends itself to its Via", () => {
    expect(namesOf(200, ['Date', 'Thu, 15 Jan 2026 08:00:00 GMT'], ['Via', '1.1 cache'], LENGTH)).toBe(
      'Date Via Content-Length Age Connection Server',
    );
  });

  it('has Age before Date in a 500 only', () => {
    expect(namesOf(500, LENGTH)).toBe('Content-Length Age Date Connection Via Server');
    expect(namesOf(502, LENGTH)).toBe('Content-Length Date Age Connection Via Server');
  });

  it('is sent in chunks when it has no length, unless it can have no body', () => {
    expect(namesOf(200)).toBe('Date Age Transfer-Encoding Connection Via Server');
    expect(namesOf(204)).toBe('Date Age Connection Via Server');
  });
});

describe("Traffic Server's verdict", () => {
  it('puts the result together with what the connection said', () => {
    expect(trafficserver.verdict([ERROR], [REFUSED])).toBe(
      'ERR_CONNECT_FAIL/502 sssc=000 pfsc=INTR, Connection refused [111]',
    );
    expect(trafficserver.verdict([], [OK])).toBeNull();
  });
});
