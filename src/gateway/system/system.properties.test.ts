import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../schema/load.ts';
import { systemSchema, type SystemSettings } from '../../schema/system.ts';
import { runLoad } from './load.ts';
import type { Offer, RequestFacts } from './offer.ts';
import { UpstreamSystem } from './system.ts';

const ms = (max: number) => fc.noBias(fc.nat(max)).map((value) => `${value}ms`);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const present = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]: [string, unknown]) => value !== undefined));

const service = fc.oneof(
  ms(300),
  fc.record({ exponential: ms(300) }),
  fc.tuple(fc.nat(100), fc.nat(200)).map(([min, more]) => ({ uniform: [`${min}ms`, `${min + more}ms`] })),
  fc.record({ lognormal: fc.record({ median: ms(100), sigma: fc.double({ min: 0, max: 3, noNaN: true }) }) }),
  fc.record({ percentiles: fc.record({ p50: fc.constant('20ms'), p99: fc.constant('2s') }) }),
);

const stop = fc
  .record({
    at: ms(20_000),
    how: fc.constantFrom('crash', 'drain'),
    grace: ms(2000),
    draining: fc.constantFrom('refuse', 'close'),
    restartAfter: maybe(ms(3000)),
  })
  .map(present);

const server = fc
  .record({
    weight: fc.integer({ min: 1, max: 5 }),
    workers: fc.integer({ min: 1, max: 5 }),
    queue: fc.nat(5),
    whenFull: fc.constantFrom('refuse', 'reset', 'drop', 'shed'),
    retryAfter: maybe(ms(9000)),
    service,
    slowdown: maybe(fc.record({ above: fc.nat(4), perRequest: fc.double({ min: 0, max: 3, noNaN: true }) })),
    startsAt: seldom(ms(3000)),
    startup: fc.record({ takes: ms(2000), until: fc.constantFrom('refuse', '503', 'wait'), cold: ms(2000) }),
    stops: seldom(fc.array(stop, { maxLength: 4 })),
    workerTimeout: maybe(ms(500)),
    abandoned: fc.constantFrom('finish', 'skip', 'stop'),
    keepAlive: fc.record({ timeout: ms(2000), lag: ms(20) }),
  })
  .map(present);

const settings: fc.Arbitrary<SystemSettings> = fc
  .record({
    servers: fc.array(server, { minLength: 1, maxLength: 4 }),
    balancer: fc
      .record({
        policy: fc.constantFrom('round-robin', 'least-connections', 'random'),
        passive: fc.record({ maxFails: fc.nat(3), failTimeout: ms(5000) }),
        active: maybe(
          fc.record({ interval: fc.integer({ min: 100, max: 3000 }).map((value) => `${value}ms`), timeout: ms(500) }),
        ),
        panicBelow: fc.constantFrom(0, 0.5, 1),
        retries: fc
          .record({
            on: fc.subarray(['error', 'timeout', 'race', 'http-503']),
            tries: maybe(fc.integer({ min: 1, max: 5 })),
            nonIdempotent: fc.boolean(),
          })
          .map(present),
      })
      .map(present),
    pool: maybe(fc.record({ idle: fc.integer({ min: 1, max: 4 }), timeout: ms(3000) })),
    circuit: seldom(fc.record({ connections: fc.integer({ min: 1, max: 6 }), pending: fc.nat(4), retries: fc.nat(2) })),
    outlier: maybe(fc.record({ consecutive: fc.integer({ min: 1, max: 4 }), baseEjection: ms(3000) })),
    rateLimit: seldom(
      fc.oneof(
        fc.record({
          bucket: fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 9 }) }),
        }),
        fc.record({
          window: fc.record({ limit: fc.nat(9), every: fc.constant('1s') }),
          headers: fc.constantFrom('draft', 'x'),
        }),
      ),
    ),
    maintenance: fc.constantFrom([], [{ from: '2s', to: '4s', retryAfter: 'junk' }]),
  })
  .map((written) => systemSchema.parse(present(written)));

const arrivals = fc.array(
  fc.record({
    // Mostly crowded, now and then a long silence or a step back.
    gap: fc.oneof(
      { weight: 9, arbitrary: fc.noBias(fc.nat(600)).map((tenths) => tenths / 10) },
      { weight: 1, arbitrary: fc.noBias(fc.integer({ min: -50, max: 4000 })) },
    ),
    method: fc.constantFrom('GET', 'POST'),
    patienceMs: seldom(fc.noBias(fc.nat(3000))),
  }),
  { maxLength: 150, size: 'max' },
);

type Arrivals = typeof arrivals extends fc.Arbitrary<infer Value> ? Value : never;

function play(options: SystemSettings, seed: number, oneWayMs: number, requests: Arrivals) {
  const system = new UpstreamSystem({ settings: options, timeouts: { connectMs: 700, readMs: 900 }, oneWayMs, seed });
  const offers: Offer[] = [];
  let at = 0;
  for (const { gap, method, patienceMs } of requests) {
    at += gap;
    const facts: RequestFacts = patienceMs === undefined ? { method } : { method, patienceMs };
    offers.push(system.offer(facts, at));
    for (const [index, { waiting, busy, open }] of system.load.entries()) {
      expect(waiting).toBeLessThanOrEqual(options.servers[index]?.queue ?? 0);
      expect(busy).toBeLessThanOrEqual(options.servers[index]?.workers ?? 0);
      expect(open).toBeGreaterThanOrEqual(0);
    }
  }
  return offers;
}

const network = fc.constantFrom(0, 1, 25);

describe('no settings, seed or arrivals', { timeout: 120_000 }, () => {
  it('make it throw, exceed a limit, or go back in time', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(settings, fc.nat(), network, arrivals, (options, seed, oneWayMs, requests) => {
        for (const { attempts, pendingMs, endMs, fault, headers } of play(options, seed, oneWayMs, requests)) {
          met.add(fault);
          expect(pendingMs).toBeGreaterThanOrEqual(0);
          expect(endMs).toBeGreaterThanOrEqual(pendingMs);
          expect(Number.isFinite(endMs)).toBe(true);
          let before = pendingMs;
          for (const attempt of attempts) {
            expect(attempt.startedMs).toBe(before);
            expect(attempt.endMs).toBeGreaterThanOrEqual(attempt.startedMs);
            expect(attempt.connectedMs ?? attempt.startedMs).toBeGreaterThanOrEqual(attempt.startedMs);
            expect(attempt.waitMs).toBeGreaterThanOrEqual(0);
            expect(attempt.serviceMs).toBeGreaterThanOrEqual(0);
            expect(attempt.workDoneMs ?? Infinity).toBeGreaterThanOrEqual(attempt.startedMs);
            before = attempt.endMs;
          }
          // One verdict: the last attempt's, and nobody tries a server twice.
          expect(attempts.slice(0, -1).every((attempt) => attempt.fault !== 'ok')).toBe(true);
          if (attempts.length > 0) expect([fault, endMs]).toEqual([attempts.at(-1)?.fault, before]);
          expect(new Set(attempts.map(({ server: tried }) => tried)).size).toBe(attempts.length);
          for (const [name, value] of headers) expect(name.length * (value.length + 1)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
    // Proof that the settings drawn do lead to failures.
    for (const fault of ['ok', 'app-503', 'connect-refused', 'close-after-request', 'read-timeout', 'all-down']) {
      expect(met).toContain(fault);
    }
  });

  it('make the same run differ from itself', () => {
    fc.assert(
      fc.property(settings, fc.nat(), network, arrivals, (options, seed, oneWayMs, requests) => {
        expect(play(options, seed, oneWayMs, requests)).toEqual(play(options, seed, oneWayMs, requests));
      }),
      { numRuns: 60 },
    );
  });

  it('lose a request of a load, or answer it twice', () => {
    const load = fc.record({
      population: fc.oneof(
        fc.record({ open: fc.record({ perSecond: fc.integer({ min: 0, max: 200 }) }) }),
        fc.record({ closed: fc.record({ clients: fc.integer({ min: 1, max: 20 }), think: ms(200) }) }),
      ),
      retry: fc
        .record({
          retries: fc.nat(4),
          delay: ms(100),
          factor: fc.constantFrom(1, 2),
          jitter: fc.constantFrom('none', 'full', 'equal'),
          honorRetryAfter: fc.boolean(),
          budget: maybe(fc.record({ ratio: fc.double({ min: 0, max: 1, noNaN: true }), burst: fc.nat(5) })),
        })
        .map(present),
      patience: maybe(ms(2000)),
    });
    fc.assert(
      fc.property(settings, load, fc.nat(), (options, { population, retry, patience }, seed) => {
        const system = new UpstreamSystem({ settings: options, timeouts: { connectMs: 700, readMs: 900 }, seed });
        const written = loadSchema.parse(present({ ...population, duration: '5s', retry, patience }));
        const { total, seconds, faults } = runLoad({ system, load: written, seed });
        expect(total.succeeded + total.failed).toBe(total.offered);
        expect(total.attempts).toBe(total.offered + total.retried);
        expect([...faults.values()].reduce((sum, count) => sum + count, 0)).toBe(total.attempts);
        expect(seconds.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0)).toBe(total.offered);
      }),
      { numRuns: 100 },
    );
  });
});
