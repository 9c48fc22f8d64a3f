import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/build/scenarios.ts';
import { runScenarioLoad } from '../../src/gateway/scenario-system.ts';
import type { LoadReport } from '../../src/gateway/system/load-report.ts';
import type { Scenario } from '../../src/schema/scenario.ts';

/** The scenarios about retries, played as their files say. Seconds are those of the scenario. */

/** What clients got between two seconds: the share that was served, and attempts for each request that was begun. */
function between({ seconds }: LoadReport, from: number, to: number): { served: number; attempts: number } {
  const part = seconds.slice(from, to);
  const sum = (what: 'offered' | 'attempts' | 'succeeded' | 'failed'): number =>
    part.reduce((total, second) => total + second[what], 0);
  return { served: sum('succeeded') / (sum('succeeded') + sum('failed')), attempts: sum('attempts') / sum('offered') };
}

const SEEDS = [502, 1, 2, 3];
const naive = loadScenario('metastable-failure');
const careful = loadScenario('metastable-failure-with-a-retry-budget');

describe.each(SEEDS)('a sale of five seconds, with seed %i', (seed) => {
  test('is more than the servers can do, although an ordinary day is not', () => {
    const report = runScenarioLoad(naive, seed);
    expect(between(report, 5, 20)).toEqual({ served: 1, attempts: 1 });
    expect(between(report, 26, 32).served).toBeLessThan(0.5);
  });

  test('leaves the service down for good when clients retry as they like: the failure outlives its trigger', () => {
    const report = runScenarioLoad(naive, seed);
    const { served, attempts } = between(report, 60, 120);
    expect(served).toBeLessThan(0.05);
    expect(attempts).toBeGreaterThan(3.5);
  });

  test('is over half a minute later when all retries share a budget', () => {
    const report = runScenarioLoad(careful, seed);
    expect(between(report, 26, 32).served).toBeLessThan(0.5);
    expect(between(report, 60, 120).served).toBe(1);
    expect(report.total.retried / report.total.offered).toBeLessThan(0.12);
  });

  test('is over as soon when nobody retries', () => {
    const { load } = naive;
    if (!load) throw new Error('The scenario has no load.');
    const patient: Scenario = { ...naive, load: { ...load, retry: { ...load.retry, retries: 0 } } };
    expect(between(runScenarioLoad(patient, seed), 60, 120).served).toBe(1);
  });
});

test('the two scenarios differ in the budget only', () => {
  const same = { title: '', summary: '', load: undefined };
  expect({ ...careful, ...same }).toEqual({ ...naive, ...same });
  const { load } = careful;
  expect(load && { ...load, retry: { ...load.retry, budget: undefined } }).toEqual({
    ...naive.load,
    retry: { ...naive.load?.retry, budget: undefined },
  });
});

describe('an outage of twenty seconds', () => {
  const report = runScenarioLoad(loadScenario('retry-storm'));

  test('makes four attempts of every request while it lasts', () => {
    expect(between(report, 14, 29).attempts).toBeGreaterThan(3.5);
  });

  test('is followed by a full server, and then by an ordinary day', () => {
    expect(between(report, 31, 40).served).toBeGreaterThan(0.9);
    const busy = report.seconds.slice(31, 38).map(({ succeeded }) => succeeded);
    expect(Math.min(...busy)).toBeGreaterThan(95);
    expect(between(report, 45, 60)).toEqual({ served: 1, attempts: 1 });
  });
});

test('a server that sheds load says no at once to half of them, and serves the others quickly', () => {
  const report = runScenarioLoad(loadScenario('shedding-load'));
  expect([...report.faults.keys()].sort()).toEqual(['app-503', 'ok']);
  // Four workers at 100 ms: forty a second, whatever comes.
  expect(report.total.succeeded / 60).toBeGreaterThan(38);
});
