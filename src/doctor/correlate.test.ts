import { describe, expect, it } from 'vitest';
import { correlate } from './correlate.ts';
import { diagnose } from './diagnose.ts';
import { findAll } from './match.ts';
import { requestIdsOf } from './request-ids.ts';

interface Line {
  readonly time?: string;
  readonly serial?: number;
  readonly upstream?: string;
  readonly path?: string;
}
const nginx = (
  message: string,
  { time = '10:00:00', serial = 7, upstream = '10.0.0.5:8080', path = '/cart' }: Line = {},
) =>
  `2026/03/02 ${time} [error] 29#29: *${serial} ${message}, client: 203.0.113.7, server: shop.example.com, request: "GET ${path} HTTP/1.1", upstream: "http://${upstream}${path}", host: "shop.example.com"`;
const REFUSED = 'connect() failed (111: Connection refused) while connecting to upstream';
const CLOSED = 'upstream prematurely closed connection while reading response header from upstream';
const TIMED_OUT = 'upstream timed out (110: Connection timed out) while reading response header from upstream';
const NONE_LEFT = 'no live upstreams while connecting to upstream';
const BAD_NAME = 'upstream SSL certificate does not match "shop.example.com" while SSL handshaking to upstream';
const TOO_BIG = 'upstream sent too big header while reading response header from upstream';
const access = (time: string, status: number, path = '/cart', rest = '') =>
  `203.0.113.7 - - [02/Mar/2026:${time} +0000] "GET ${path} HTTP/1.1" ${status} 512 "-" "curl/8.6.0"${rest}`;

const outline = (text: string) =>
  diagnose(text)
    .causes.filter(({ confidence }) => confidence !== 'possible')
    .map(({ cause, effects }) => [cause, ...effects]);

describe('the ids of a request', () => {
  it.each([
    ['x-request-id: 7F3A9C21-44', { kind: 'x-request-id', value: '7f3a9c21-44' }],
    ['< cf-ray: 8a1b2c3d4e5f6071-FRA', { kind: 'ray', value: '8a1b2c3d4e5f6071' }],
    ['Ray ID: <strong class="x">8a1b2c3d4e5f6071</strong>', { kind: 'ray', value: '8a1b2c3d4e5f6071' }],
    [
      'X-Amzn-Trace-Id: Root=1-65e2f0aa-0123456789abcdef01234567',
      { kind: 'trace', value: '1-65e2f0aa-0123456789abcdef01234567' },
    ],
    ['at=error code=H13 request_id=3f1c0a9e-aaaa fwd="x"', { kind: 'request-id', value: '3f1c0a9e-aaaa' }],
    ['{"request_id":"r-100200300"}', { kind: 'request-id', value: 'r-100200300' }],
    ['[error] 29#31: *1702 connect() failed', { kind: 'nginx', value: '*1702' }],
    [
      '"-" "curl" "5b1f1c7e-2a4d-4c7e-9f00-0123456789ab" "shop"',
      { kind: 'any', value: '5b1f1c7e-2a4d-4c7e-9f00-0123456789ab' },
    ],
  ])('%s', (line, id) => {
    expect(requestIdsOf(line)).toContainEqual(id);
  });

  it('are not found where there is none', () => {
    expect(requestIdsOf('the request is identical: nothing changed, *17 of 20 done')).toEqual([]);
  });
});

describe('findings of one request', () => {
  it('are one incident, and the first is its root', () => {
    const text = `${nginx(TOO_BIG)}\n${nginx(CLOSED)}`;
    expect(outline(text)).toEqual([['header-too-big', 'upstream-closed-early']]);
    expect(outline(`${nginx(CLOSED)}\n${nginx(TOO_BIG)}`)).toEqual([['upstream-closed-early', 'header-too-big']]);
  });

  it('are two incidents when the same connection carried two requests', () => {
    const text = `${nginx(TOO_BIG, { path: '/a' })}\n${nginx(CLOSED, { path: '/b' })}`;
    expect(outline(text)).toEqual([['header-too-big'], ['upstream-closed-early']]);
  });

  it('are joined by an id, however long the second took to be written', () => {
    const app = (time: string, id: string) =>
      `[2026-03-02 ${time} +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:42) request_id=${id}`;
    const gateway = (time: string, id: string) => `${nginx(CLOSED, { time })}, request_id: "${id}"`;
    expect(outline(`${app('10:00:00', 'abc-12345')}\n${gateway('10:05:00', 'abc-12345')}`)).toEqual([
      ['worker-crashed', 'upstream-closed-early'],
    ]);
    expect(outline(`${app('10:00:00', 'abc-12345')}\n${gateway('10:05:00', 'abc-99999')}`)).toEqual([
      ['worker-crashed'],
      ['upstream-closed-early'],
    ]);
  });

  it.each([
    ['abc-12345', 'request'],
    ['abc-99999', 'other'],
  ])('are joined by the id in a header line beside them: %s, %s', (id, relation) => {
    const text = `< HTTP/1.1 504 Gateway Timeout\n< x-request-id: abc-12345\n<\n\n${nginx(TIMED_OUT)}, x-request-id: "${id}"`;
    const [status, words] = ['504', TIMED_OUT].map((proof) =>
      findAll(text).find(({ start, end }) => text.slice(start, end) === proof),
    );
    if (status === undefined || words === undefined) throw new Error('no finding');
    expect(correlate(text).relation(status, words)).toBe(relation);
  });
});

describe('two incidents in one paste', () => {
  it('are told apart by the clock, and only what is unexplained is left of a cause', () => {
    const text = [
      nginx(CLOSED, { time: '08:12:00', serial: 3 }),
      '[2026-03-02 10:00:30 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:42)',
      nginx(CLOSED, { time: '10:00:31', serial: 9 }),
    ].join('\n');
    const { causes } = diagnose(text);
    expect(outline(text)).toEqual([['worker-crashed', 'upstream-closed-early'], ['upstream-closed-early']]);
    const own = causes.find(({ cause }) => cause === 'upstream-closed-early');
    expect(own?.evidence).toHaveLength(1);
    expect(own?.evidence[0]?.start).toBeLessThan(text.indexOf('WORKER'));
  });

  it('are told apart by the upstream', () => {
    const at = (upstream: string, serial: number) => ({ upstream, serial });
    const text = `${nginx(BAD_NAME, at('10.0.0.5:8443', 3))}\n${nginx(CLOSED, at('10.0.0.9:9000', 4))}`;
    expect(outline(text)).toEqual([['tls-certificate'], ['upstream-closed-early']]);
    const one = `${nginx(BAD_NAME, at('10.0.0.5:8443', 3))}\n${nginx(CLOSED, at('10.0.0.5:8443', 4))}`;
    expect(outline(one)).toEqual([['tls-certificate', 'upstream-closed-early']]);
  });

  it('are told apart by the request', () => {
    const client = (serial: number) =>
      nginx('client prematurely closed connection while reading response header from upstream', { serial });
    expect(outline(`${nginx(TIMED_OUT)}\n${client(7)}`)[0]).toEqual(['upstream-timeout', 'client-aborted']);
    expect(outline(`${nginx(TIMED_OUT)}\n${client(8)}`).flat()).toEqual(
      expect.arrayContaining(['upstream-timeout', 'client-aborted']),
    );
    expect(outline(`${nginx(TIMED_OUT)}\n${client(8)}`)).toHaveLength(2);
  });

  it('are told apart by a heading where nothing else does', () => {
    const lines = ['WORKER TIMEOUT (pid:42)', CLOSED];
    expect(outline(lines.join('\n'))).toEqual([['worker-crashed', 'upstream-closed-early']]);
    expect(outline(`Incident 1:\n${lines.join('\nIncident 2:\n')}`)).toEqual([
      ['worker-crashed'],
      ['upstream-closed-early'],
    ]);
  });

  it('include one of which only the status is left', () => {
    const text = `${nginx(REFUSED)}\n${access('14:41:00', 504, '/report')}`;
    expect(outline(text)).toEqual([['upstream-refused'], ['upstream-timeout']]);
    expect(outline(`${nginx(TIMED_OUT)}\n${access('10:00:01', 504)}`)).toEqual([['upstream-timeout']]);
  });

  it('do not come of servers that stay marked down', () => {
    const text = [
      nginx(REFUSED, { time: '10:00:00', serial: 7 }),
      nginx(NONE_LEFT, { time: '10:00:08', serial: 8, upstream: 'shop_servers' }),
    ].join('\n');
    expect(outline(text)).toEqual([['upstream-refused', 'no-healthy-upstream']]);
  });

  it('name every upstream of a cause that they share', () => {
    const text = `${nginx(REFUSED)}\n${nginx(REFUSED, { time: '14:00:00', upstream: '10.0.0.9:9000' })}`;
    expect(diagnose(text).causes[0]?.upstreams).toEqual(['10.0.0.5:8080', '10.0.0.9:9000']);
  });
});
