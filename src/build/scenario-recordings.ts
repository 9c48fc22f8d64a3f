import { isGatewayId } from '../gateway/ids.ts';
import type { RecordingSet } from '../gateway/recording.ts';
import type { Scenario } from '../schema/scenario.ts';
import { loadScenario, recordingsFor } from './scenarios.ts';

/**
 * A scenario and the recordings that answer for its gateway. Mistakes come out as one sentence that begins with `place`.
 * @param place file and line of the author's tag
 */
export function scenarioWithRecordings(
  id: string,
  place: string,
): { readonly scenario: Scenario; readonly recordings: RecordingSet } {
  try {
    const scenario = loadScenario(id);
    const [gateway = '', version] = scenario.gateway.id.split('@');
    if (!isGatewayId(gateway))
      throw new Error(`The scenario "${id}" names the gateway "${gateway}", which does not exist.`);
    return { scenario, recordings: recordingsFor(gateway, version ?? null) };
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** A page's playground needs the faults of its own scenario, a healthy answer, and what happens when the client leaves. */
const ALWAYS_NEEDED = ['ok', 'client-closes-early'];

/** The recordings that a scenario can need, so that a page's first run loads those and no others. */
export function recordingsOf(scenario: Scenario, recordings: RecordingSet): RecordingSet {
  const needed = new Set([...ALWAYS_NEEDED, ...scenario.routes.map(({ fault }) => fault)]);
  return { ...recordings, recordings: recordings.recordings.filter(({ fault }) => needed.has(fault)) };
}

/** Address of the asset that carries a scenario's recordings to the browser. @param base the site's base path */
export const recordingsUrl = (base: string, scenarioId: string): string =>
  `${base.replace(/\/$/, '')}/data/recordings/${scenarioId}.json`;
