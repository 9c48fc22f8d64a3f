import type { Scenario } from '../schema/scenario.ts';
import type { GatewayKit } from './kit.ts';
import { packRecorded } from './pack-recorded.ts';
import { passedOnWith } from './portable-recordings.ts';
import { profileOf } from './profiles/index.ts';
import { packDocumented } from './documented/pack-documented.ts';
import { isDocumented, type AnswerSet } from './answer-set.ts';

/** Packs the kit of a scenario. Throws a sentence on a fault that was neither recorded nor documented. */
export function packKit(scenario: Scenario, set: AnswerSet): GatewayKit {
  if (isDocumented(set)) return packDocumented(scenario, set);
  return packRecorded(scenario, set, passedOnWith(set, profileOf(set.gateway)));
}
