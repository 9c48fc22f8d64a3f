import type { Scenario } from '../schema/scenario.ts';
import { chaptersIn } from './story.ts';
import type { Chapters } from './system/chapters.ts';
import { LoadRun } from './system/load.ts';
import type { LoadReport } from './system/load-report.ts';
import { UpstreamSystem } from './system/system.ts';

/** Room in the seeds, so that servers and clients draw from streams of their own. */
const STREAM = { system: 2_750_159, load: 4_256_233 } as const;

/** The servers of a scenario. Throws a sentence when it has none. */
export function systemIn(
  { title, system, gateway, network }: Scenario,
  seed: number,
  chapters: Chapters,
): UpstreamSystem {
  if (!system) throw new Error(`"${title}" has no system of servers.`);
  return new UpstreamSystem({
    settings: system,
    timeouts: { connectMs: gateway.connectTimeout, readMs: gateway.readTimeout },
    oneWayMs: network.upstream,
    seed: seed + STREAM.system,
    slow: chapters.slowAt,
  });
}

/** The other clients of a scenario, who keep `system` busy; null where there are none. */
export const loadOn = (system: UpstreamSystem, { load }: Scenario, seed: number, chapters: Chapters): LoadRun | null =>
  load ? new LoadRun({ system, load, seed: seed + STREAM.load, factor: chapters }) : null;

/**
 * Plays the load of a scenario from its beginning to its end, with nobody else there.
 * Throws a sentence when the scenario has no servers or no load.
 */
export function runScenarioLoad(scenario: Scenario, seed = scenario.seed): LoadReport {
  const chapters = chaptersIn(scenario, seed);
  const run = loadOn(systemIn(scenario, seed, chapters), scenario, seed, chapters);
  if (!run) throw new Error(`"${scenario.title}" has no load to be played.`);
  run.advance(Infinity);
  return run.report;
}
