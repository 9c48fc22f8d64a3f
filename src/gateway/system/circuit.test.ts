import { describe, expect, it } from 'vitest';
import { systemSchema } from '../../schema/system.ts';
import { UpstreamSystem } from './system.ts';

const GET = { method: 'GET' };

const systemOf = (written: object): UpstreamSystem =>
  new UpstreamSystem({ settings: systemSchema.parse(written), timeouts: { connectMs: 2000, readMs: 2000 }, seed: 1 });

describe('a circuit breaker', () => {
  const settings = { servers: [{ workers: 100, service: '100ms' }], circuit: { connections: 2, pending: 2 } };

  it('lets so many through, makes so many wait, and answers the rest at once', () => {
    const system = systemOf(settings);
    const offers = [0, 10, 20, 30, 40].map((at) => system.offer(GET, at));
    expect(offers.map(({ fault, reason }) => [fault, reason])).toEqual([
      ...Array<[string, string]>(4).fill(['ok', 'answered']),
      ['all-down', 'circuit-open'],
    ]);
    expect(offers.map(({ pendingMs, endMs }) => [pendingMs, endMs])).toEqual([
      [0, 100],
      [0, 100],
      [80, 180],
      [80, 180],
      [0, 0],
    ]);
    expect(system.offer(GET, 250)).toMatchObject({ fault: 'ok', pendingMs: 0 });
  });

  it('keeps the place of a client that leaves while it waits', () => {
    const system = systemOf(settings);
    system.offer(GET, 0);
    system.offer(GET, 0);
    expect(system.offer({ ...GET, patienceMs: 50 }, 0)).toMatchObject({
      fault: 'client-closes-early',
      endMs: 50,
      attempts: [],
    });
    expect(system.offer(GET, 0)).toMatchObject({ fault: 'ok', pendingMs: 100 });
    expect(system.offer(GET, 0)).toMatchObject({ reason: 'circuit-open' });
  });

  it('bounds the retries in progress', () => {
    const stuck = { service: '60s', workers: 100 };
    const passive = { maxFails: 0 };
    const system = systemOf({ servers: [stuck, stuck], circuit: { retries: 1 }, balancer: { passive } });
    expect([0, 1].map((at) => system.offer(GET, at).attempts.length)).toEqual([2, 1]);
  });
});
