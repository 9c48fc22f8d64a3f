import { isDocumented, type AnswerSet } from '../gateway/answer-set.ts';
import { isGatewayId, type GatewayId } from '../gateway/ids.ts';
import type { Scenario } from '../schema/scenario.ts';
import { documentedGatewayIds, documentedSetFor } from './documented.ts';
import { loadScenario, recordingsFor } from './scenarios.ts';

/** The guest script of every gateway that answers from its documentation. */
export const DOCUMENTED_GUEST = 'documented';

/** What is known of a gateway's answers: recorded, or documented. @param version the part of the scenario's gateway behind the @ */
export function answersFor(gateway: GatewayId, version: string | null): AnswerSet {
  return documentedGatewayIds().includes(gateway) ? documentedSetFor(gateway) : recordingsFor(gateway, version);
}

/**
 * A scenario and what is known of the answers of its gateway. Mistakes come out as one sentence that begins with `place`.
 * @param place file and line of the author's tag
 */
export function scenarioWithRecordings(
  id: string,
  place: string,
): { readonly scenario: Scenario; readonly recordings: AnswerSet } {
  try {
    const scenario = loadScenario(id);
    const [gateway = '', version] = scenario.gateway.id.split('@');
    if (!isGatewayId(gateway))
      throw new Error(`The scenario "${id}" names the gateway "${gateway}", which does not exist.`);
    return { scenario, recordings: answersFor(gateway, version ?? null) };
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** True when a scenario needs more than most: servers to simulate, a ledger, or a client in trouble. */
export const needsFullGuest = ({ system, routes, client }: Scenario): boolean =>
  system !== undefined || client !== undefined || routes.some(({ effect }) => effect !== undefined);

/** Name of the guest script that runs programs against a scenario: `nginx`, `nginx-full`, or `documented`. */
export function guestName(scenario: Scenario, answers: AnswerSet): string {
  if (isDocumented(answers)) return DOCUMENTED_GUEST;
  return needsFullGuest(scenario) ? `${answers.gateway}-full` : answers.gateway;
}

/** Where the page finds what it needs for the first run of a scenario. @param base the site's base path */
export function runUrls(
  base: string,
  scenarioId: string,
  scenario: Scenario,
  recordings: AnswerSet,
): { readonly kitUrl: string; readonly guestUrl: string } {
  const root = base.replace(/\/$/, '');
  return {
    kitUrl: `${root}/data/kits/${scenarioId}.json`,
    guestUrl: `${root}/sandbox/guest/${guestName(scenario, recordings)}.js`,
  };
}
