import type { Scenario } from '../schema/scenario.ts';
import { assembleGateway, type Gateway } from './assemble.ts';
import { recordedFaultsOf, type RecordedKit } from './kit.ts';
import type { Profile } from './profile.ts';
import { recordedAnswers } from './recorded-answers.ts';
import type { StoryMakers } from './story.ts';

/** The gateway of a scenario, out of the kit that was packed for it. */
export const openGateway = (scenario: Scenario, kit: RecordedKit, profile: Profile, makers: StoryMakers): Gateway =>
  assembleGateway({
    scenario,
    answers: recordedAnswers(scenario, kit.recordings, profile, recordedFaultsOf(kit)),
    makers,
    responses: kit.responses,
    seed: scenario.seed,
    application: 'scenario',
  });
