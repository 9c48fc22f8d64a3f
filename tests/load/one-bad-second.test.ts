import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/build/scenarios.ts';
import { runScenarioLoad } from '../../src/gateway/scenario-system.ts';
import type { Scenario } from '../../src/schema/scenario.ts';

/** What content/guides/retry-storms.mdx says of its scenario, with one change each. */

const asItIs = loadScenario('one-bad-second');
const { load, system } = asItIs;
if (!load?.open || !system) throw new Error('The scenario has no load or no servers.');
const { open } = load;

const withRetry = (retry: Partial<typeof load.retry>): Scenario => ({
  ...asItIs,
  load: { ...load, retry: { ...load.retry, ...retry } },
});
const withServer = (settings: Partial<(typeof system.servers)[number]>): Scenario => ({
  ...asItIs,
  system: { ...system, servers: system.servers.map((server) => ({ ...server, ...settings })) },
});
/** Another load, and a second in which work takes three times as long as in the scenario. */
const atLoad = (perSecond: number): Scenario => ({
  ...asItIs,
  load: { ...load, open: { ...open, perSecond } },
  chapters: asItIs.chapters.map((chapter) => (chapter.slow > 1 ? { ...chapter, slow: chapter.slow * 3 } : chapter)),
});

/** Seconds from the end of the bad one to the last in which a call was lost; infinite when that is the last of all. */
function secondsUntilWell(scenario: Scenario, seed: number): number {
  const seconds = runScenarioLoad(scenario, seed).seconds.slice(0, -1);
  const last = seconds.findLastIndex(({ failed }) => failed > 0);
  return last >= seconds.length - 2 ? Infinity : last - 21;
}

describe.each([502, 1, 2])('after one bad second, with seed %i', (seed) => {
  test.each([
    { change: 'nothing', scenario: asItIs },
    { change: 'one retry', scenario: withRetry({ retries: 1 }) },
    { change: 'back-off', scenario: withRetry({ delay: 1_000, factor: 2, jitter: 'full' }) },
    { change: 'a server that skips the dead', scenario: withServer({ abandoned: 'skip' }) },
  ])('$change ends no storm', ({ scenario }) => {
    expect(secondsUntilWell(scenario, seed)).toBe(Infinity);
  });

  test.each([
    { change: 'no retries', scenario: withRetry({ retries: 0 }), within: 4 },
    { change: 'a budget', scenario: withRetry({ budget: { ratio: 0.1, burst: 10 } }), within: 10 },
    { change: 'a short queue', scenario: withServer({ queue: 30, whenFull: 'shed' }), within: 0 },
  ])('$change is well again within $within s', ({ scenario, within }) => {
    expect(secondsUntilWell(scenario, seed)).toBeLessThanOrEqual(within);
  });
});

test.each([502, 1])('a quarter of the capacity is what four tries leave to recover, with seed %i', (seed) => {
  expect(secondsUntilWell(atLoad(24), seed)).toBeLessThan(60);
  expect(secondsUntilWell(atLoad(26), seed)).toBe(Infinity);
});
