import { behindObstacles } from './client-trouble.ts';
import type { Scenario } from '../schema/scenario.ts';
import { isDocumented, type AnswerSet } from './answer-set.ts';
import { applicationResponse } from './application.ts';
import { makeBooks } from './books.ts';
import { assembleGateway, type Answers, type Gateway } from './assemble.ts';
import { documentedAnswers } from './documented/documented-answers.ts';
import { documentedFaultsIn, variantOf } from './documented/documented-fault.ts';
import { passedOnWith } from './portable-recordings.ts';
import { profileOf } from './profiles/index.ts';
import { recordedAnswers } from './recorded-answers.ts';
import { recordedFaultsIn } from './recorded-fault.ts';
import { faultsOf } from './scenario-faults.ts';
import { makeSystem } from './system/make-system.ts';

export interface GatewayOptions {
  readonly scenario: Scenario;
  /** What is known of the gateway's answers: recorded, or documented. */
  readonly recordings: AnswerSet;
  /** Left out: the scenario's own. */
  readonly seed?: number;
  /** `sample`: every fault gives the response it was recorded with, whatever the scenario's application would say. */
  readonly application?: 'scenario' | 'sample';
}

/** Builds the gateway of a scenario. Throws a sentence when the scenario names a fault or gateway that does not exist. */
export function createGateway({ scenario, recordings, seed, application = 'scenario' }: GatewayOptions): Gateway {
  const answers = answersOf(scenario, recordings);
  // A fault that cannot be answered is told now, and not in the middle of a run.
  for (const fault of faultsOf(scenario)) answers.reactions(fault, 'GET');
  const open = (): Gateway =>
    assembleGateway({
      scenario,
      answers,
      makers: { makeSystem, makeBooks },
      responses: scenario.routes.map(applicationResponse),
      seed: seed ?? scenario.seed,
      application,
    });
  return behindObstacles(scenario, open);
}

function answersOf(scenario: Scenario, set: AnswerSet): Answers {
  if (isDocumented(set)) {
    const variant = variantOf(set, scenario.gateway.id.split('@')[1] ?? null).id;
    return documentedAnswers(scenario, { ...set, variant }, documentedFaultsIn(set, scenario));
  }
  const profile = profileOf(set.gateway);
  return recordedAnswers(scenario, set, profile, recordedFaultsIn(set, passedOnWith(set, profile)));
}
