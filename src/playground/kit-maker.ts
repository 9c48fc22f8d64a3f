import { packDocumented } from '../gateway/documented/pack-documented.ts';
import type { GatewayKit } from '../gateway/kit.ts';
import { nearestNames } from '../gateway/nearest.ts';
import { nearestVersion } from '../gateway/nearest-version.ts';
import { packRecorded } from '../gateway/pack-recorded.ts';
import type { PortableRecordings } from '../gateway/portable-recordings.ts';
import { faultsOf } from '../gateway/scenario-faults.ts';
import type { DocumentedSet } from '../schema/documented.ts';
import type { Scenario } from '../schema/scenario.ts';
import { loadChoices, type GatewayChoice } from './choices.ts';
import { fetchJson, siteUrl } from './fetch-json.ts';

/** What the sandbox needs besides the program and the scenario. */
export interface RunParts {
  readonly kit: GatewayKit;
  /** Where the script is served that runs programs against this gateway. */
  readonly guestUrl: string;
}

/**
 * Packs in the page what the build packs for the scenarios of the site: the kit of any scenario, of any gateway.
 * Throws a sentence for the reader when the scenario names a gateway or a fault that nobody can answer, or when the
 * recordings cannot be loaded.
 */
export async function makeRun(scenario: Scenario): Promise<RunParts> {
  const choices = await loadChoices();
  const [id = '', version = null] = scenario.gateway.id.split('@');
  const gateway = choices.gateways.find((choice) => choice.id === id);
  if (!gateway) throw new Error(`There is no gateway "${id}"; the nearest are ${nearestIn(choices.gateways, id)}.`);
  for (const fault of faultsOf(scenario)) {
    if (choices.faults.some((choice) => choice.id === fault)) continue;
    throw new Error(`There is no fault "${fault}"; the nearest are ${nearestIn(choices.faults, fault)}.`);
  }
  return gateway.kind === 'recorded'
    ? await recordedKit(scenario, gateway, version)
    : await documentedKit(scenario, gateway);
}

const nearestIn = (choices: readonly { readonly id: string }[], typed: string): string =>
  nearestNames(
    typed,
    choices.map(({ id }) => id),
  ).join(', ');

async function recordedKit(
  scenario: Scenario,
  { id, versions, title }: Extract<GatewayChoice, { kind: 'recorded' }>,
  wanted: string | null,
): Promise<RunParts> {
  const version = nearestVersion(versions, wanted) ?? '';
  const { set, passedOn } = await fetchJson<PortableRecordings>(
    `/data/recordings/${id}/${version}.json`,
    `The recordings of ${title}`,
  );
  const recorded = new Set(set.recordings.map(({ fault }) => fault));
  const missing = faultsOf(scenario).find((fault) => !recorded.has(fault));
  if (missing !== undefined) {
    throw new Error(`${set.program} was not recorded with ${missing}. Choose another fault or another gateway.`);
  }
  return {
    kit: packRecorded(scenario, set, ({ id: fault }) => passedOn[fault] ?? null),
    guestUrl: siteUrl(`/sandbox/guest/${id}-full.js`),
  };
}

async function documentedKit(
  scenario: Scenario,
  { id, title }: Extract<GatewayChoice, { kind: 'documented' }>,
): Promise<RunParts> {
  const set = await fetchJson<DocumentedSet>(`/data/documented/${id}.json`, `The answers of ${title}`);
  return { kit: packDocumented(scenario, set), guestUrl: siteUrl('/sandbox/guest/documented.js') };
}
