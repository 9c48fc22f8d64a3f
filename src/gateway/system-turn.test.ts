import { describe, expect, it } from 'vitest';
import { outcomeOf } from './exchange.ts';
import { every, play, recordingsOf, statuses } from './story.fixture.ts';

/** One worker that needs 100 ms for a request, and room for one more. */
const narrow = (more: object = {}, rest: object = {}) => ({
  system: { servers: [{ workers: 1, queue: 1, service: '100ms', ...more }], ...rest },
});
const atOnce = (count: number, step = 1) => every(step, count);

describe('an overloaded upstream', () => {
  it.each([
    ['refuse', [200, 200, 502, 502], 'connect-refused'],
    ['reset', [200, 200, 502, 502], 'rst-on-accept'],
    ['drop', [200, 200, 504, 504], 'connect-timeout'],
    ['shed', [200, 200, 503, 503], 'app-503'],
  ])('that meets a full queue with %s becomes %j', (whenFull, expected, fault) => {
    const exchanges = play(narrow({ whenFull }), atOnce(4));
    expect(statuses(exchanges)).toEqual(expected);
    expect(exchanges.at(-1)).toMatchObject({ fault, cause: 'overload' });
  });

  it('makes those behind it wait for as long as there is work ahead of them', () => {
    const exchanges = play(narrow({ queue: 10 }), atOnce(4, 0));
    expect(exchanges.map(({ client }) => client.elapsedMs)).toEqual([100, 200, 300, 400]);
    expect(exchanges[3]?.log.access[0]).toContain(' rt=0.400 ');
  });

  it('becomes 504 for those who wait longer than the gateway does, and the queue is the reason', () => {
    const exchanges = play(narrow({ queue: 100, service: '2s' }), atOnce(5, 0));
    expect(statuses(exchanges)).toEqual([200, 200, 504, 504, 504]);
    expect(exchanges[4]).toMatchObject({ fault: 'read-timeout', cause: 'overload', client: { elapsedMs: 5000 } });
    const slow = play(narrow({ service: '20s' }), [{ at: 0 }]);
    expect(slow[0]).toMatchObject({ cause: 'upstream-timeout', client: { status: 504 } });
  });

  it('is another status behind another gateway: the system is the same, the reporter is not', () => {
    const behind = (name: string) =>
      statuses(play(narrow({ whenFull: 'refuse' }), atOnce(3), { recordings: recordingsOf(name) })).at(-1);
    expect(behind('nginx/1.22.1')).toBe(502);
    expect(behind('varnish/7.1.1')).toBe(503);
    expect(behind('envoy/1.40.0')).toBe(503);
  });

  it('tells its clients when to come back', () => {
    const [, , third] = play(narrow({ whenFull: 'shed', retryAfter: '2s' }), atOnce(3));
    expect(third?.client.headers).toContainEqual(['Retry-After', '2']);
    expect(third && outcomeOf(third)).toBe('5xx-upstream');
  });

  it('is kept busy by the scenario’s other clients, too', () => {
    const load = { open: { perSecond: 40 }, duration: '60s' };
    const alone = play(narrow({ whenFull: 'shed' }), every(1000, 30));
    const shared = play({ ...narrow({ whenFull: 'shed' }), load }, every(1000, 30));
    expect(statuses(alone).filter((status) => status !== 200)).toEqual([]);
    expect(statuses(shared).filter((status) => status === 503).length).toBeGreaterThan(10);
  });

  it('is slower in a chapter that says so', () => {
    const written = {
      ...narrow(),
      chapters: [
        { name: 'brown-out', at: '2s', slow: 10 },
        { name: 'over', at: '4s' },
      ],
    };
    expect(play(written, every(2000, 3)).map(({ client }) => client.elapsedMs)).toEqual([100, 1000, 100]);
  });

  it('loses the worker that took too long, and its answer', () => {
    const [exchange] = play(narrow({ service: '9s', workerTimeout: '3s' }), [{ at: 0 }]);
    expect(exchange).toMatchObject({ cause: 'worker-crashed', client: { status: 502, elapsedMs: 3000 } });
  });
});

describe('limits', () => {
  const limited = (rateLimit: object) => ({ system: { rateLimit } });

  it('reach the client with their headers, on good answers and on refusals', () => {
    const written = limited({ window: { limit: 1, every: '10s' }, headers: 'draft' });
    const [first, second] = play(written, atOnce(2, 4000));
    expect(first?.client.headers).toEqual(
      expect.arrayContaining([
        ['RateLimit-Policy', '"default";q=1;w=10'],
        ['RateLimit', '"default";r=0;t=10'],
      ]),
    );
    expect(second).toMatchObject({ fault: 'app-429', cause: 'rate-limited', client: { status: 429 } });
    expect(second?.client.headers).toContainEqual(['Retry-After', '6']);
    expect(second?.log.access[0]).toContain('" 429 ');
  });

  it.each([
    ['date', 'Thu, 15 Jan 2026 09:00:10 GMT'],
    ['junk', 'soon'],
  ])('write Retry-After as a %s', (retryAfter, value) => {
    const written = limited({ window: { limit: 0, every: '10s' }, retryAfter });
    expect(play(written, [{ at: 0 }])[0]?.client.headers).toContainEqual(['Retry-After', value]);
  });

  it('count each client by itself when told by which header', () => {
    const by = (name: string, at: number) => ({ at, headers: [['Authorization', name] as const] });
    const written = limited({ window: { limit: 1, every: '10s' }, by: 'Authorization' });
    expect(statuses(play(written, [by('a', 0), by('b', 1), by('a', 2)]))).toEqual([200, 200, 429]);
  });

  it('close the whole application for maintenance, and say until when', () => {
    const written = { system: { maintenance: [{ from: '1s', to: '31s' }] } };
    const exchanges = play(written, [{ at: 0 }, { at: 2000 }, { at: 31_000 }]);
    expect(statuses(exchanges)).toEqual([200, 503, 200]);
    expect(exchanges[1]).toMatchObject({ cause: 'maintenance', answeredBy: 'upstream' });
    expect(exchanges[1]?.client.headers).toContainEqual(['Retry-After', '29']);
  });
});

describe('several servers', () => {
  const three = (second: object, rest: object = {}) => ({
    system: {
      servers: [
        { address: '10.0.0.21:80', service: '100ms' },
        { address: '10.0.0.22:80', service: '100ms', ...second },
        { address: '10.0.0.23:80', service: '100ms' },
      ],
      ...rest,
    },
  });
  const addresses = (exchange: ReturnType<typeof play>[number] | undefined) =>
    exchange?.upstream.map(({ address }) => address);

  it('take turns', () => {
    expect(play(three({}), every(1000, 4)).map(addresses)).toEqual([
      ['10.0.0.21:80'],
      ['10.0.0.22:80'],
      ['10.0.0.23:80'],
      ['10.0.0.21:80'],
    ]);
  });

  it('stand in for the one that is down: nginx asks the next, names both, and then leaves it out', () => {
    const exchanges = play(three({ stops: [{ at: '0s' }] }), every(1000, 4));
    expect(statuses(exchanges)).toEqual([200, 200, 200, 200]);
    expect(addresses(exchanges[1])).toEqual(['10.0.0.22:80', '10.0.0.23:80']);
    expect(exchanges[1]).toMatchObject({ fault: 'retry-refused', cause: 'upstream-refused' });
    expect(exchanges[1]?.log.access[0]).toContain('ua="10.0.0.22:80, 10.0.0.23:80" us="502, 200"');
    expect(exchanges[1]?.log.error[0]).toContain('http://10.0.0.22:80/');
    expect(exchanges.slice(2).flatMap(addresses)).not.toContain('10.0.0.22:80');
  });

  it('cost the client the time of the one that never answers', () => {
    const [, second] = play(three({ service: '60s' }), every(1000, 2));
    expect(second).toMatchObject({ fault: 'retry-timeout-get', client: { status: 200, elapsedMs: 5100 } });
    expect(second?.upstream.map(({ startedAt, wire }) => [startedAt, wire[0]?.kind, wire[0]?.at])).toEqual([
      [0, 'stall', 0],
      [5000, 'bytes', 5100],
    ]);
    expect(second?.log.access[0]).toContain('urt="5.000, 0.100"');
  });

  it('lose the POST that one of them may have seen', () => {
    const [, second] = play(three({ service: '60s' }), every(1000, 2, { method: 'POST' }));
    expect(statuses(second ? [second] : [])).toEqual([504]);
    expect(addresses(second)).toEqual(['10.0.0.22:80']);
  });

  it('are all gone at last, and then nobody is asked', () => {
    const down = { stops: [{ at: '0s' }] };
    const servers = ['10.0.0.21:80', '10.0.0.22:80'].map((address) => ({ address, ...down }));
    const exchanges = play({ system: { servers } }, every(1000, 3));
    expect(statuses(exchanges)).toEqual([502, 502, 502]);
    expect(addresses(exchanges[0])).toEqual(['10.0.0.21:80', '10.0.0.22:80']);
    expect(exchanges[1]).toMatchObject({ fault: 'all-down', cause: 'no-healthy-upstream' });
    expect(exchanges[1]?.log.error[0]).toContain('no live upstreams');
  });

  it('add the time that a gateway takes for its own retries', () => {
    const haproxy = { recordings: recordingsOf('haproxy/2.6.12') };
    const [exchange] = play(three({}, {}), [{ at: 0 }], haproxy);
    expect(exchange?.client).toMatchObject({ status: 200, elapsedMs: 100 });
    const down = { system: { servers: [{ stops: [{ at: '0s' }] }] } };
    const [refused] = play(down, [{ at: 0 }], haproxy);
    expect(refused?.client.status).toBe(503);
    expect(refused?.client.elapsedMs).toBeGreaterThan(2500);
    expect(refused?.upstream).toHaveLength(4);
  });
});
