import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';

const error = (message: string, upstream = '10.0.0.5:8080', serial = 7) =>
  `2026/03/02 10:00:00 [error] 29#29: *${serial} ${message} while connecting to upstream, client: 203.0.113.7, request: "GET /cart HTTP/1.1", upstream: "http://${upstream}/cart", host: "shop.example.com"`;
const REFUSED = 'connect() failed (111: Connection refused)';
const access = (status: number, upstream: string, time = '10:00:00', path = '/cart') =>
  `203.0.113.7 - - [02/Mar/2026:${time} +0000] "GET ${path} HTTP/1.1" ${status} 512 "-" "curl/8.6.0" upstream_addr=${upstream} upstream_status=${status}`;

describe('two sure proofs of one request that exclude each other', () => {
  const text = `${error(REFUSED)}\n${access(200, '10.0.0.5:8080')}`;
  const { conflict, exclusion, causes } = diagnose(text);

  it('are a conflict, and nothing is certain any more', () => {
    expect(conflict).toBe(true);
    expect(causes.map(({ cause, confidence }) => [cause, confidence])).toEqual([
      ['upstream-refused', 'likely'],
      ['not-a-failure', 'likely'],
    ]);
  });

  it('are named in one sentence, with their places', () => {
    expect(exclusion?.text).toMatch(
      /“connect\(\) failed \(111: Connection refused\).*” says that no connection was opened, and “200” says that the upstream answered in full\./,
    );
    expect(exclusion?.evidence.map(({ start, end }) => text.slice(start, end))).toEqual(
      exclusion?.evidence.map((proof) => proof.text),
    );
    expect(exclusion?.evidence).toHaveLength(2);
  });

  it('may be found by the id of the request alone', () => {
    const id = 'request_id=4f1c0a9e22';
    const late = access(200, '10.0.0.5:8080', '10:00:40');
    expect(diagnose(`${error(REFUSED)} ${id}\n${late} ${id}`).conflict).toBe(true);
    expect(diagnose(`${error(REFUSED)} ${id}\n${late} request_id=77aa0a9e22`).conflict).toBe(false);
  });
});

it('two proxies of one mesh may contradict each other about a request', () => {
  const line = (status: number, flags: string, id: string) =>
    `[2026-03-02T10:00:00.000Z] "GET /cart HTTP/1.1" ${status} ${flags} 0 91 3 - "-" "curl/8.6.0" "${id}" "shop.example.com" "10.0.0.7:8080"`;
  const id = '5b1f1c7e-2a4d-4c7e-9f00-0123456789ab';
  const { exclusion } = diagnose(`${line(503, 'UF', id)}\n${line(200, '-', id)}`);
  expect(exclusion?.text).toMatch(/^“UF” says that nothing of the request was sent, and “/);
  expect(diagnose(`${line(503, 'UF', id)}\n${line(200, '-', id.replace('5b', '6c'))}`).exclusion).toBeNull();
});

describe('no conflict is', () => {
  it.each([
    ['a second try at another server', `${error(REFUSED)}\n${access(200, '10.0.0.5:8080, 10.0.0.6:8080')}`],
    ['an answer of another server', `${error(REFUSED)}\n${access(200, '10.0.0.6:8080')}`],
    ['an answer at another time', `${error(REFUSED)}\n${access(200, '10.0.0.5:8080', '10:20:00')}`],
    ['an answer to another request', `${error(REFUSED)}\n${access(200, '10.0.0.5:8080', '10:00:00', '/other')}`],
    [
      'one of many requests for the same path',
      `${error(REFUSED)}\n${access(200, '10.0.0.5:8080')}\n${access(200, '10.0.0.5:8080')}`,
    ],
    ['an answer whose upstream nobody names', `${error(REFUSED)}\n${access(200, '-')}`],
    [
      'an upstream that answered after the gateway had given up',
      `${error('upstream timed out (110: Connection timed out)').replace('connecting to', 'reading response header from')}\n${access(200, '10.0.0.5:8080')}`,
    ],
    ['a cause and its effect', `${error(REFUSED)}\n${error('no live upstreams')}`],
  ])('%s', (_, text) => {
    const { conflict, exclusion, causes } = diagnose(text);
    expect([conflict, exclusion]).toEqual([false, null]);
    expect(causes[0]?.confidence).toBe('certain');
  });
});
