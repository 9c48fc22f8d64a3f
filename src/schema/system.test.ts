import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { chaptersSchema, faultScheduleSchema } from './fault-schedule.ts';
import { ledgerSchema } from './ledger.ts';
import { loadSchema } from './load.ts';
import { rateLimitSchema, serviceTimeSchema, systemSchema } from './system.ts';

const sentences = (schema: z.ZodType, value: unknown): string =>
  schema
    .safeParse(value)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('\n') ?? 'no error';

describe('the upstream system in a scenario', () => {
  it('needs nothing: one server with workers, a queue and a service time', () => {
    const { servers, circuit } = systemSchema.parse({});
    expect(servers).toHaveLength(1);
    expect(servers[0]).toMatchObject({ workers: 4, queue: 128, service: { fixed: 20 }, stops: [] });
    expect(circuit).toBeUndefined();
  });

  it('reads durations with their units, in ms', () => {
    const { servers } = systemSchema.parse({
      servers: [
        { service: { lognormal: { median: '40ms', sigma: 0.5 } }, stops: [{ at: '20s', restartAfter: '1.5s' }] },
      ],
    });
    expect(servers[0]?.service.lognormal).toEqual({ median: 40, sigma: 0.5 });
    expect(servers[0]?.stops[0]).toEqual({
      at: 20_000,
      how: 'crash',
      grace: 10_000,
      draining: 'refuse',
      restartAfter: 1500,
    });
  });

  it('orders percentiles and takes a service time as short as 40ms', () => {
    expect(serviceTimeSchema.parse('40ms')).toEqual({ fixed: 40 });
    expect(serviceTimeSchema.parse({ percentiles: { p99: '2s', p50: '30ms' } }).percentiles).toEqual([
      { share: 0.5, ms: 30 },
      { share: 0.99, ms: 2000 },
    ]);
  });

  it('gives every part that a load needs', () => {
    expect(loadSchema.parse({ open: { perSecond: 80 } }).retry).toMatchObject({ retries: 0, jitter: 'none' });
    expect(loadSchema.parse({ closed: { clients: 5 } }).closed?.think).toEqual({ exponential: 1000 });
    expect(ledgerSchema.parse({})).toMatchObject({ mismatch: 422, inProgress: 409, keepFor: 86_400_000 });
  });

  it.each<[z.ZodType, unknown, string]>([
    [systemSchema, { servers: [] }, 'servers: needs at least one server'],
    [systemSchema, { servers: [{ workers: 0 }] }, 'servers.0.workers: workers is at least 1'],
    [systemSchema, { servers: [{ queue: 1e9 }] }, 'queue is at most 1000000: memory is bounded'],
    [systemSchema, { servers: [{ whenFull: 'explode' }] }, 'whenFull must be refuse'],
    [systemSchema, { servers: [{ service: 40 }] }, 'service must be a duration such as 40ms'],
    [systemSchema, { servers: [{ service: { median: '4ms' } }] }, 'service must be a duration such as 40ms, or one of'],
    [systemSchema, { servers: [{ service: { fixed: '1ms', exponential: '1ms' } }] }, 'takes exactly one of fixed'],
    [systemSchema, { servers: [{ service: { uniform: ['60ms', '20ms'] } }] }, 'uniform starts with the shorter time'],
    [systemSchema, { servers: [{ service: { percentiles: { p50: '2s', p99: '1s' } } }] }, 'percentiles must not fall'],
    [systemSchema, { servers: [{ service: { percentiles: { median: '2s', p99: '1s' } } }] }, 'must be named like p50'],
    [systemSchema, { servers: [{ slowSpans: [{ from: '3s', to: '1s', factor: 2 }] }] }, 'from must be earlier than to'],
    [systemSchema, { maintenance: [{ from: '5s', to: '5s' }] }, 'a maintenance ends after it begins'],
    [systemSchema, { balancer: { policy: 'fair' } }, 'policy must be round-robin'],
    [rateLimitSchema, {}, 'takes exactly one of: bucket, window'],
    [rateLimitSchema, { window: { limit: 5, every: '1s' }, status: 500 }, 'status must be 429 or 503'],
    [faultScheduleSchema, { probability: 1.5 }, 'probability is at most 1'],
    [faultScheduleSchema, [{ during: { from: '5s', to: '2s' } }], 'from must be earlier than to'],
    [faultScheduleSchema, { methods: ['post'] }, 'a method is written in capitals'],
    [
      chaptersSchema,
      [
        { name: 'b', at: '5s' },
        { name: 'a', at: '1s' },
      ],
      'chapters must be in order',
    ],
    [loadSchema, {}, 'load takes exactly one of: open, closed'],
    [ledgerSchema, { mismatch: 418 }, 'mismatch must be 422'],
  ])('refuses with a sentence: %#', (schema, value, sentence) => {
    expect(sentences(schema, value)).toContain(sentence);
  });
});
