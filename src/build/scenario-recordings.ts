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

/** True when a scenario needs more than most: servers to simulate, or a ledger. */
export const needsFullGuest = ({ system, routes }: Scenario): boolean =>
  system !== undefined || routes.some(({ effect }) => effect !== undefined);

/** Name of the guest script that runs programs against a scenario: `nginx`, or `nginx-full`. */
export const guestName = (scenario: Scenario, { gateway }: RecordingSet): string =>
  needsFullGuest(scenario) ? `${gateway}-full` : gateway;

/** Where the page finds what it needs for the first run of a scenario. @param base the site's base path */
export function runUrls(
  base: string,
  scenarioId: string,
  scenario: Scenario,
  recordings: RecordingSet,
): { readonly kitUrl: string; readonly guestUrl: string } {
  const root = base.replace(/\/$/, '');
  return {
    kitUrl: `${root}/data/kits/${scenarioId}.json`,
    guestUrl: `${root}/sandbox/guest/${guestName(scenario, recordings)}.js`,
  };
}
