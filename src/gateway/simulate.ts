import type { Scenario } from '../schema/scenario.ts';
import { applicationResponse } from './application.ts';
import { makeBooks } from './books.ts';
import { assembleGateway, type Gateway } from './assemble.ts';
import { profileOf } from './profiles/index.ts';
import { recordedFaultsIn } from './recorded-fault.ts';
import type { RecordingSet } from './recording.ts';
import { faultsOf } from './scenario-faults.ts';
import { makeSystem } from './system/make-system.ts';

export interface GatewayOptions {
  readonly scenario: Scenario;
  readonly recordings: RecordingSet;
  /** Left out: the scenario's own. */
  readonly seed?: number;
  /** `sample`: every fault gives the response it was recorded with, whatever the scenario's application would say. */
  readonly application?: 'scenario' | 'sample';
}

/** Builds the gateway of a scenario. Throws a sentence when the scenario names a fault or gateway that does not exist. */
export function createGateway({ scenario, recordings, seed, application = 'scenario' }: GatewayOptions): Gateway {
  const profile = profileOf(recordings.gateway);
  const recorded = recordedFaultsIn(recordings, profile);
  // A fault that cannot be answered is told now, and not in the middle of a run.
  for (const fault of faultsOf(scenario)) recorded(fault, 'GET');
  return assembleGateway({
    scenario,
    recordings,
    profile,
    recorded,
    makers: { makeSystem, makeBooks },
    responses: scenario.routes.map(applicationResponse),
    seed: seed ?? scenario.seed,
    application,
  });
}
