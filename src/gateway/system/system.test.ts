import { describe, expect, it } from 'vitest';
import { systemSchema } from '../../schema/system.ts';
import { FAULTS } from '../faults/index.ts';
import { UpstreamSystem } from './system.ts';

const GET = { method: 'GET' };
const POST = { method: 'POST' };

const systemOf = (written: object, oneWayMs = 0): UpstreamSystem =>
  new UpstreamSystem({
    settings: systemSchema.parse(written),
    timeouts: { connectMs: 3000, readMs: 2000 },
    oneWayMs,
    seed: 1,
  });

describe('the times that a gateway sees', () => {
  it('are the network’s and the server’s: one round trip to connect, one for request and answer', () => {
    const system = systemOf({ servers: [{ workers: 1, service: '100ms' }] }, 5);
    expect(system.offer(GET, 0)).toMatchObject({
      fault: 'ok',
      endMs: 120,
      attempts: [{ connectedMs: 10, waitMs: 0, serviceMs: 100, workDoneMs: 115 }],
    });
    expect(system.offer(GET, 40)).toMatchObject({ endMs: 180, attempts: [{ waitMs: 60 }] });
  });

  it('of failures: refused after a round trip, dropped after the connect timeout, silent after the read timeout', () => {
    const full = (whenFull: string) => systemOf({ servers: [{ workers: 1, queue: 0, service: '60s', whenFull }] }, 5);
    for (const [whenFull, fault, endMs] of [
      ['refuse', 'connect-refused', 10],
      ['drop', 'connect-timeout', 3000],
      ['shed', 'app-503', 20],
    ] as const) {
      const system = full(whenFull);
      expect(system.offer(GET, 0)).toMatchObject({
        fault: 'read-timeout',
        endMs: 2010,
        attempts: [{ workDoneMs: 60_015 }],
      });
      expect(system.offer(GET, 1)).toMatchObject({ fault, endMs });
    }
  });
});

describe('kept connections', () => {
  const settings = { servers: [{ service: '10ms', keepAlive: { timeout: '5s' } }], pool: { timeout: '60s' } };

  it('save the round trip of the connect', () => {
    const system = systemOf(settings, 5);
    expect([0, 100].map((at) => system.offer(GET, at).endMs)).toEqual([30, 20]);
  });

  it.each([
    [GET, 'ka-race-get'],
    [POST, 'ka-race-post'],
  ])('are raced when the server closes first: %j', (request, fault) => {
    const system = systemOf(settings, 5);
    system.offer(GET, 0);
    expect(system.offer(request, 30 + 4995)).toMatchObject({
      fault,
      reason: 'idle-closed',
      attempts: [{ workDoneMs: null }],
    });
    expect(system.offer(request, 30 + 4996).fault).toBe('ok');
  });

  it('are never raced when the gateway closes first', () => {
    const system = systemOf({ ...settings, pool: { timeout: '4s' } }, 5);
    for (let at = 0; at < 500_000; at += 4777) expect(system.offer(POST, at).fault).toBe('ok');
  });
});

describe('limits in front of the servers', () => {
  it('answer 429 with what the client needs to know', () => {
    const system = systemOf({
      rateLimit: { window: { limit: 1, every: '10s' }, by: 'Authorization', headers: 'draft' },
    });
    const ask = (who: string, at: number) => system.offer({ ...GET, headers: [['authorization', who]] }, at);
    expect(ask('ann', 0)).toMatchObject({
      fault: 'ok',
      headers: [
        ['RateLimit-Policy', '"default";q=1;w=10'],
        ['RateLimit', '"default";r=0;t=10'],
      ],
    });
    expect(ask('ann', 4000)).toMatchObject({ fault: 'app-429', reason: 'rate-limited', attempts: [] });
    expect(ask('ann', 4000).headers[0]).toEqual(['Retry-After', '6']);
    expect(ask('bob', 4000).fault).toBe('ok');
  });

  it('answer 503 in a maintenance, until it is over', () => {
    const system = systemOf({ maintenance: [{ from: '10s', to: '40s', retryAfter: 'date' }] });
    expect([9999, 10_000, 40_000].map((at) => system.offer(GET, at).fault)).toEqual(['ok', 'app-503', 'ok']);
    expect(
      systemOf({ maintenance: [{ from: '10s', to: '40s', retryAfter: 'date' }] }).offer(GET, 20_000).headers,
    ).toEqual([['Retry-After', 'Thu, 15 Jan 2026 09:00:40 GMT']]);
  });
});

describe('a chapter’s brown-out', () => {
  it('slows every service that begins in it', () => {
    const system = new UpstreamSystem({
      settings: systemSchema.parse({ servers: [{ service: '100ms' }] }),
      timeouts: { connectMs: 1000, readMs: 1000 },
      seed: 1,
      slow: (at) => (at >= 1000 ? 20 : 1),
    });
    expect([0, 1000].map((at) => system.offer(GET, at).fault)).toEqual(['ok', 'read-timeout']);
  });
});

it('names the faults of the catalogue as the catalogue does', () => {
  const known = new Set(FAULTS.map(({ id }) => id));
  for (const id of [
    'ok',
    'connect-refused',
    'connect-timeout',
    'rst-after-request',
    'close-after-request',
    'read-timeout',
    'app-503',
    'all-down',
  ]) {
    expect(known).toContain(id);
  }
});
