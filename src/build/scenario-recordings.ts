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

/** Name of the asset that carries a gateway's recordings to the browser: `nginx` for the newest, `nginx@1.22.1` for another. */
export function recordingsAsset(recordings: RecordingSet): string {
  const newest = recordingsFor(recordings.gateway);
  return newest.version === recordings.version ? recordings.gateway : `${recordings.gateway}@${recordings.version}`;
}

/** Address of that asset. @param base the site's base path */
export const recordingsUrl = (base: string, recordings: RecordingSet): string =>
  `${base.replace(/\/$/, '')}/data/recordings/${recordingsAsset(recordings)}.json`;
