import type { Scenario } from '../schema/scenario.ts';
import { assembleGateway, type Gateway } from './assemble.ts';
import { recordedFaultsOf, type GatewayKit } from './kit.ts';
import type { Profile } from './profile.ts';
import type { StoryMakers } from './story.ts';

/** The gateway of a scenario, out of the kit that was packed for it. */
export const openGateway = (scenario: Scenario, kit: GatewayKit, profile: Profile, makers: StoryMakers): Gateway =>
  assembleGateway({
    scenario,
    recordings: kit.recordings,
    profile,
    recorded: recordedFaultsOf(kit),
    makers,
    responses: kit.responses,
    seed: scenario.seed,
    application: 'scenario',
  });
