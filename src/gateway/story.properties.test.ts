import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from './exchange.ts';
import { play, recordingsOf, type Asked } from './story.fixture.ts';

const ms = (max: number): fc.Arbitrary<string> => fc.nat(max).map((time) => `${time}ms`);
const probability = fc.double({ min: 0, max: 1, noNaN: true });
const sparse = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });

const schedule = fc.array(
  sparse({
    methods: fc.constantFrom(['POST'], ['GET', 'POST']),
    first: fc.nat(4),
    after: fc.nat(3),
    every: fc.integer({ min: 1, max: 4 }),
    probability,
    burst: fc.record({ enter: probability, leave: probability }),
    ramp: fc.record({ from: ms(1000), to: ms(5000).map((to) => `${Number.parseInt(to) + 1001}ms`) }),
  }),
  { minLength: 1, maxLength: 3 },
);

const server = sparse({
  workers: fc.integer({ min: 1, max: 3 }),
  queue: fc.nat(3),
  whenFull: fc.constantFrom('refuse', 'reset', 'drop', 'shed'),
  retryAfter: ms(5000),
  service: fc.oneof(ms(3000), fc.record({ exponential: ms(2000).map((mean) => `1${mean}`) })),
  startsAt: ms(2000),
  startup: fc.record({ takes: ms(2000), until: fc.constantFrom('refuse', '503', 'wait'), cold: ms(2000) }),
  stops: fc.array(fc.record({ at: ms(8000), how: fc.constantFrom('crash', 'drain'), restartAfter: ms(2000) }), {
    maxLength: 1,
  }),
  workerTimeout: ms(3000).map((time) => `1${time}`),
  keepAlive: fc.record({ timeout: ms(2000), lag: ms(500) }),
});

const system = fc
  .tuple(
    fc.array(server, { minLength: 1, maxLength: 3 }),
    sparse({
      balancer: fc.record({
        policy: fc.constantFrom('round-robin', 'least-connections', 'random'),
        retries: fc.record({ on: fc.subarray(['error', 'timeout', 'race', 'http-503']), nonIdempotent: fc.boolean() }),
      }),
      pool: fc.constant({}),
      circuit: fc.record({ connections: fc.integer({ min: 1, max: 3 }), pending: fc.nat(2) }),
      outlier: fc.constant({}),
      rateLimit: fc.record({
        bucket: fc.constant({ perSecond: 2, burst: 3 }),
        retryAfter: fc.constantFrom('seconds', 'date', 'junk', 'none'),
        headers: fc.constantFrom('draft', 'x', 'none'),
      }),
      maintenance: fc.constant([{ from: '3s', to: '4s' }]),
    }),
  )
  .map(([servers, rest]) => ({ servers, ...rest }));

const FAULTS = ['ok', 'app-500', 'app-503', 'close-after-request', 'connect-refused', 'read-timeout', 'ka-race-get'];

const run = fc.record({
  gateway: fc.constantFrom('nginx/1.22.1', 'haproxy/2.6.12', 'envoy/1.40.0', 'squid/5.7', 'lighttpd/1.4.69'),
  seed: fc.nat(),
  written: sparse({
    routes: fc
      .record({ fault: fc.constantFrom(...FAULTS), schedule })
      .map((route) => [{ match: '* /*', effect: 'order placed', response: { status: 201, body: 'done' }, ...route }]),
    system,
    chapters: fc
      .constantFrom(...FAULTS)
      .chain((fault) => schedule.map((when) => [{ name: 'later', at: '2s', fault, schedule: when, slow: 3, load: 2 }])),
    ledger: sparse({ keys: fc.boolean(), stores: fc.constantFrom('everything', 'successes') }),
    load: fc.record({ open: fc.record({ perSecond: fc.nat(30) }), retry: fc.record({ retries: fc.nat(2) }) }),
  }),
  asked: fc.array(fc.record({ gap: fc.nat(1500), method: fc.constantFrom('GET', 'POST', 'HEAD'), key: fc.nat(3) }), {
    maxLength: 25,
  }),
});

type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;

function exchangesOf({ gateway, seed, written, asked }: Run): Exchange[] {
  let at = 0;
  const requests = asked.map(({ gap, method, key }): Asked => {
    at += gap;
    return { at, method, headers: key === 0 ? [] : [['Idempotency-Key', `k${key}`]], body: `{"item":${key % 2}}` };
  });
  return play(written, requests, { seed, recordings: recordingsOf(gateway) });
}

describe('whatever the story is', () => {
  it('every request is answered once, in order, in finite time, with nothing left to fill in', () => {
    fc.assert(
      fc.property(run, (one) => {
        const exchanges = exchangesOf(one);
        expect(exchanges.map(({ id }) => id)).toEqual(one.asked.map((_, index) => index + 1));
        for (const { client, wire, upstream, log, ledger } of exchanges) {
          const times = wire.map((event) => event.at);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          const all = [...times, client.elapsedMs, ...upstream.flatMap((each) => each.wire.map((event) => event.at))];
          expect(all.every((time) => Number.isFinite(time) && time >= 0)).toBe(true);
          const starts = upstream.map(({ startedAt }) => startedAt);
          expect(starts).toEqual([...starts].sort((a, b) => a - b));
          expect(JSON.stringify([log, client, upstream])).not.toMatch(/\{\{|undefined|NaN/);
          expect(ledger?.outcome === 'performed').toBe((ledger?.copy ?? 0) > 0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the same seed tells it in the same bytes', () => {
    fc.assert(
      fc.property(run, (one) => {
        expect(JSON.stringify(exchangesOf(one))).toBe(JSON.stringify(exchangesOf(one)));
      }),
      { numRuns: 50 },
    );
  });

  it('no key places an order twice, as long as the application knows keys and never dies over one', () => {
    fc.assert(
      fc.property(run, ({ written, ...rest }) => {
        const { system: _, ...withoutServers } = written;
        const exchanges = exchangesOf({ ...rest, written: { ...withoutServers, ledger: { keys: true } } });
        const placed = exchanges.flatMap(({ ledger, request }) =>
          ledger?.outcome === 'performed' && ledger.key !== null ? [`${ledger.key} ${request.method}`] : [],
        );
        expect(new Set(placed).size).toBe(placed.length);
      }),
      { numRuns: 100 },
    );
  });
});
