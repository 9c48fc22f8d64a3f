import { describe, expect, it } from 'vitest';
import { systemSchema } from '../../schema/system.ts';
import type { Offer } from './offer.ts';
import { UpstreamSystem } from './system.ts';

const GET = { method: 'GET' };
const POST = { method: 'POST' };

function systemOf(written: object, oneWayMs = 0): UpstreamSystem {
  return new UpstreamSystem({
    settings: systemSchema.parse(written),
    timeouts: { connectMs: 2000, readMs: 2000 },
    oneWayMs,
    seed: 502,
  });
}

const fast = { service: '10ms' };
const dead = { service: '10ms', stops: [{ at: '0ms' }] };
const stuck = { service: '60s', workers: 100 };

const offers = (system: UpstreamSystem, times: readonly number[]): Offer[] => times.map((at) => system.offer(GET, at));
const serversOf = ({ attempts }: Offer): number[] => attempts.map(({ server }) => server);
const every = (ms: number, count: number): number[] => Array.from({ length: count }, (_, index) => index * ms);

describe('the choice of a server', () => {
  it('goes round, as often as the weights say and as evenly as can be', () => {
    const system = systemOf({ servers: [{ ...fast, weight: 3 }, fast, fast] });
    expect(offers(system, every(100, 10)).flatMap(serversOf)).toEqual([0, 1, 0, 2, 0, 0, 1, 0, 2, 0]);
  });

  it('prefers the server with the fewest requests in progress', () => {
    const system = systemOf({ servers: [{ service: '10s' }, fast], balancer: { policy: 'least-connections' } });
    expect(offers(system, every(100, 5)).map(({ attempts }) => attempts[0]?.server)).toEqual([0, 1, 1, 1, 1]);
  });

  it('spreads at random', () => {
    const system = systemOf({ servers: [{ ...fast, weight: 3 }, fast], balancer: { policy: 'random' } });
    const chosen = offers(system, every(100, 10_000)).flatMap(serversOf);
    expect(chosen.filter((server) => server === 0).length / chosen.length).toBeCloseTo(0.75, 1.5);
  });
});

describe('a failed attempt', () => {
  it('is passed on to the next server, and the request does well', () => {
    const offer = systemOf({ servers: [dead, fast] }).offer(GET, 1);
    expect(offer.fault).toBe('ok');
    expect(offer.attempts.map(({ fault }) => fault)).toEqual(['connect-refused', 'ok']);
  });

  it('costs its time: a read timeout, then the next server', () => {
    const offer = systemOf({ servers: [stuck, fast] }, 1).offer(GET, 0);
    expect(offer.attempts.map(({ fault, startedMs, endMs }) => [fault, startedMs, endMs])).toEqual([
      ['read-timeout', 0, 2002],
      ['ok', 2002, 2016],
    ]);
  });

  it('of a POST is passed on only when no server has seen the request', () => {
    expect(systemOf({ servers: [dead, fast] }).offer(POST, 1).fault).toBe('ok');
    expect(systemOf({ servers: [stuck, fast] }).offer(POST, 0).fault).toBe('read-timeout');
    const retries = { nonIdempotent: true };
    expect(systemOf({ servers: [stuck, fast], balancer: { retries } }).offer(POST, 0).fault).toBe('ok');
  });

  it.each([
    [{ tries: 2 }, 2],
    [{ within: '1s' }, 1],
    [{ on: ['error'] }, 1],
    [{}, 3],
  ])('with retries %j is tried %d times', (retries, tries) => {
    const offer = systemOf({ servers: [stuck, stuck, stuck], balancer: { retries } }).offer(GET, 0);
    expect(offer).toMatchObject({ fault: 'read-timeout', endMs: tries * 2000 });
    expect(serversOf(offer)).toHaveLength(tries);
  });

  it('ends when the client leaves', () => {
    const offer = systemOf({ servers: [stuck, stuck] }).offer({ ...GET, patienceMs: 2500 }, 0);
    expect(offer).toMatchObject({ fault: 'client-closes-early', reason: 'client-left', endMs: 2500 });
  });
});

describe('passive health', () => {
  it('leaves a server out for fail_timeout after max_fails, then lets one request try it', () => {
    const system = systemOf({
      servers: [dead, fast],
      balancer: { passive: { maxFails: 2, failTimeout: '10s' }, retries: { on: [] } },
    });
    const faults = offers(system, [1, 2, 3, 4, 5, 6, 9000, 10_100, 10_200, 10_300]).map(({ fault }) => fault);
    expect(faults.filter((fault) => fault === 'connect-refused')).toHaveLength(3);
    expect(faults.slice(0, 4)).toContain('connect-refused');
    expect(faults.slice(4, 7)).toEqual(['ok', 'ok', 'ok']);
  });

  it('answers all-down at once when no server is left', () => {
    const system = systemOf({ servers: [dead, dead] });
    const [first, second] = offers(system, [1, 5]);
    expect(first).toMatchObject({ fault: 'connect-refused' });
    expect(first?.attempts).toHaveLength(2);
    expect(second).toMatchObject({ fault: 'all-down', reason: 'none-healthy', attempts: [], endMs: 0 });
  });

  it('does not apply to a single server', () => {
    expect(offers(systemOf({ servers: [dead] }), [1, 5, 9]).map(({ fault }) => fault)).toEqual(
      Array(3).fill('connect-refused'),
    );
  });

  it('learns of a timeout when it happens, not before', () => {
    const system = systemOf({ servers: [stuck, fast], balancer: { retries: { on: [] } } });
    const chosen = offers(system, [0, 100, 1900, 1950, 2100, 2200, 2300]).flatMap(serversOf);
    expect(chosen).toEqual([0, 1, 0, 1, 1, 1, 1]);
  });
});

describe('active health checks', () => {
  const checks = { interval: '1s', timeout: '500ms', rise: 2, fall: 2 };
  const balancer = { active: checks, passive: { maxFails: 0 }, retries: { on: [] } };

  it('take a dead server out after `fall` probes and back in after `rise`', () => {
    const mortal = { ...fast, stops: [{ at: '2500ms', restartAfter: '5s' }] };
    const system = systemOf({ servers: [mortal, fast], balancer });
    const down = offers(system, every(100, 140)).map(({ fault }) => fault !== 'ok');
    const failing = down.flatMap((isDown, index) => (isDown ? [index * 100] : []));
    // Dead from 2.5 s; probes at 3 s and 4 s fail, so the fault shows for 1.5 s and on no later request.
    expect(failing[0]).toBeGreaterThanOrEqual(2500);
    expect(failing.at(-1)).toBeLessThan(4000);
    const late = offers(
      system,
      every(100, 10).map((ms) => 14_000 + ms),
    ).flatMap(serversOf);
    expect(new Set(late)).toEqual(new Set([0, 1]));
  });

  it('take an overloaded server out, because a probe waits like everybody', () => {
    const slow = { service: '2s', workers: 1, queue: 100 };
    const system = systemOf({ servers: [slow, fast], balancer });
    const chosen = offers(system, every(100, 60)).flatMap(serversOf);
    expect(chosen.slice(30)).not.toContain(0);
  });

  it('are overruled in a panic', () => {
    const system = systemOf({ servers: [dead, dead, fast], balancer: { ...balancer, panicBelow: 0.5 } });
    const faults = offers(system, every(1000, 9)).map(({ fault }) => fault);
    expect(faults.slice(3).filter((fault) => fault === 'connect-refused').length).toBeGreaterThan(2);
  });
});

describe('outlier detection', () => {
  const outlier = { consecutive: 3, baseEjection: '10s', maxShare: 0.5 };
  const shedding = { service: '10ms', startsAt: '0s', startup: { takes: '10000min', until: '503' } };
  const balancer = { passive: { maxFails: 0 }, retries: { on: [] } };

  it('ejects a server after failures in a row, longer each time', () => {
    const system = systemOf({ servers: [shedding, fast], outlier, balancer });
    const failing = offers(system, every(100, 600)).flatMap(({ fault }, index) =>
      fault === 'app-503' ? [index * 100] : [],
    );
    expect(failing.slice(0, 3)).toEqual([0, 200, 400]);
    const pauses = failing.map((at, index) => at - (failing[index - 1] ?? at)).filter((pause) => pause > 1000);
    expect(pauses[0]).toBeGreaterThanOrEqual(10_000);
    expect(pauses[1]).toBeGreaterThanOrEqual(20_000);
  });

  it('ejects one server always and more only up to the share', () => {
    const system = systemOf({
      servers: [shedding, shedding, shedding, fast],
      outlier: { ...outlier, maxShare: 0.1 },
      balancer,
    });
    const late = offers(system, every(10, 400)).slice(200).flatMap(serversOf);
    expect(new Set(late).size).toBe(3);
  });
});
