import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../schema/load.ts';
import { systemSchema } from '../../schema/system.ts';
import { runLoad } from './load.ts';
import type { LoadReport } from './load-report.ts';
import { UpstreamSystem } from './system.ts';

function drive(settings: unknown, load: unknown, seed = 502): LoadReport {
  const system = new UpstreamSystem({
    settings: systemSchema.parse(settings),
    timeouts: { connectMs: 1000, readMs: 1000 },
    oneWayMs: 1,
    seed,
  });
  return runLoad({ system, load: loadSchema.parse(load), seed });
}

/** Share of the requests that ended well among those that ended between two seconds of the run. */
function served({ seconds }: LoadReport, from: number, to: number): number {
  const part = seconds.slice(from, to);
  const good = part.reduce((sum, { succeeded }) => sum + succeeded, 0);
  const bad = part.reduce((sum, { failed }) => sum + failed, 0);
  return good / (good + bad);
}

describe('a load on a system', () => {
  it('is answered when there is room', () => {
    const report = drive({ servers: [{ workers: 4, service: '20ms' }] }, { open: { perSecond: 100 }, duration: '60s' });
    expect(report.total.offered).toBeGreaterThan(5700);
    expect(report.total.offered).toBeLessThan(6300);
    expect(report.total).toMatchObject({ succeeded: report.total.offered, failed: 0, retried: 0 });
    expect(report.latency.percentile(0.5) / 24).toBeCloseTo(1, 1);
  });

  it('from a closed population slows down with the server instead of flooding it', () => {
    const report = drive(
      { servers: [{ workers: 1, queue: 1000, service: '100ms' }] },
      { closed: { clients: 5, think: '0ms' }, duration: '60s' },
    );
    // One worker does ten a second, whoever asks; the other four wait 400 ms.
    expect(report.total.succeeded).toBeGreaterThan(590);
    expect(report.total.succeeded).toBeLessThan(610);
    expect(report.latency.percentile(0.9) / 500).toBeCloseTo(1, 0.8);
  });

  it('is the same for the same seed and another for another', () => {
    const run = (seed: number) =>
      drive(
        { servers: [{ service: { exponential: '50ms' }, queue: 2, whenFull: 'shed' }] },
        { open: { perSecond: 90 }, retry: { retries: 2, delay: '50ms', jitter: 'full' } },
        seed,
      ).seconds;
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('honors the Retry-After of a shedding server when told to', () => {
    const settings = { servers: [{ workers: 1, queue: 0, service: '500ms', whenFull: 'shed', retryAfter: '3s' }] };
    const attempts = (honorRetryAfter: boolean): number =>
      drive(settings, { open: { perSecond: 5 }, retry: { retries: 3, delay: '100ms', honorRetryAfter } }).total
        .succeeded;
    expect(attempts(true)).toBeGreaterThan(attempts(false));
  });
});

describe('a retry storm', () => {
  // 100 requests a second fit, 70 come. For five seconds it is three times as many; then 70 again.
  const server = { workers: 10, queue: 500, service: '100ms' };
  const open = {
    perSecond: 70,
    changes: [
      { at: '20s', perSecond: 210 },
      { at: '25s', perSecond: 70 },
    ],
  };
  const naive = { retries: 3 };

  it('outlives its trigger: with naive retries the system stays down', () => {
    const report = drive({ servers: [server] }, { open, duration: '120s', retry: naive });
    expect(served(report, 5, 20)).toBe(1);
    expect(served(report, 60, 120)).toBeLessThan(0.05);
  });

  it('is over soon without retries', () => {
    const report = drive({ servers: [server] }, { open, duration: '120s' });
    expect(served(report, 20, 30)).toBeLessThan(0.9);
    expect(served(report, 60, 120)).toBe(1);
  });

  it('is over soon with a retry budget, and single failures are still retried', () => {
    const budget = { ratio: 0.1, burst: 20 };
    const report = drive({ servers: [server] }, { open, duration: '120s', retry: { ...naive, budget } });
    expect(report.total.retried).toBeGreaterThan(0);
    expect(served(report, 60, 120)).toBe(1);
  });

  it('is over soon when the queue is shorter than the patience of those in it', () => {
    const short = { ...server, queue: 50, whenFull: 'refuse' };
    const report = drive({ servers: [short] }, { open, duration: '120s', retry: naive });
    expect(served(report, 60, 120)).toBe(1);
  });

  it('is not ended by dropping stale requests alone: the next in line begin with a tenth of their time left', () => {
    const report = drive({ servers: [{ ...server, abandoned: 'skip' }] }, { open, duration: '120s', retry: naive });
    expect(served(report, 60, 120)).toBeLessThan(0.5);
  });
});
