import { describe, expect, it } from 'vitest';
import { systemSchema } from '../../schema/system.ts';
import { seededRandom } from '../random.ts';
import { UpstreamSystem } from './system.ts';

const REQUESTS = 1_000_000;

/** Poisson arrivals at `rate` per ms at a server whose mean service takes 1 ms. */
function measure(rate: number, workers: number, queue: number) {
  const system = new UpstreamSystem({
    settings: systemSchema.parse({ servers: [{ workers, queue, service: { exponential: '1ms' } }] }),
    timeouts: { connectMs: Infinity, readMs: Infinity },
    seed: 502,
  });
  const random = seededRandom(2026);
  let at = 0;
  let accepted = 0;
  let waited = 0;
  for (let count = 0; count < REQUESTS; count++) {
    at -= Math.log(1 - random()) / rate;
    const { attempts } = system.offer({ method: 'GET' }, at);
    if (attempts[0]?.fault !== 'ok') continue;
    accepted++;
    waited += attempts[0].waitMs;
  }
  return { loss: 1 - accepted / REQUESTS, meanWait: waited / accepted };
}

/** M/M/c/K with c workers, K places in all and service rate 1: loss probability and mean wait of those let in. */
function theory(rate: number, workers: number, queue: number) {
  const weights = [1];
  for (let inside = 1; inside <= workers + queue; inside++) {
    weights.push(((weights.at(-1) ?? 0) * rate) / Math.min(inside, workers));
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const loss = (weights.at(-1) ?? 0) / sum;
  const waiting = weights.reduce((total, weight, inside) => total + Math.max(0, inside - workers) * weight, 0) / sum;
  return { loss, meanWait: waiting / (rate * (1 - loss)) };
}

describe('the server against queueing theory, within 3 %', { timeout: 120_000 }, () => {
  it.each([0.5, 0.8])('M/M/1 at utilization %d: the mean wait is rho / (1 - rho) service times', (rho) => {
    const { loss, meanWait } = measure(rho, 1, 1_000_000);
    expect(loss).toBe(0);
    expect(Math.abs(meanWait / (rho / (1 - rho)) - 1)).toBeLessThan(0.03);
  });

  // Losses below one per cent come in clusters: 10^6 requests then know their share to 5 % only.
  it.each([
    [0.9, 1, 4],
    [4, 4, 4],
    [3, 4, 2],
    [12, 8, 20],
  ])('M/M/c/K at rate %d with %d workers and %d places: loss and mean wait', (rate, workers, queue) => {
    const measured = measure(rate, workers, queue);
    const expected = theory(rate, workers, queue);
    expect(Math.abs(measured.loss / expected.loss - 1)).toBeLessThan(0.03);
    expect(Math.abs(measured.meanWait / expected.meanWait - 1)).toBeLessThan(0.03);
  });
});
