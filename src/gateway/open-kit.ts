import type { Scenario } from '../schema/scenario.ts';
import type { Gateway } from './assemble.ts';
import { makeBooks } from './books.ts';
import { behindObstacles } from './client-trouble.ts';
import { openDocumented } from './documented/open-documented.ts';
import type { GatewayKit } from './kit.ts';
import { openGateway } from './open-gateway.ts';
import { profileOf } from './profiles/index.ts';
import { makeSystem } from './system/make-system.ts';

/** The gateway of any kit, where the code of all gateways may be at hand: under Node, and in a page that asks for it. */
export function openKit(scenario: Scenario, kit: GatewayKit): Gateway {
  const makers = { makeSystem, makeBooks };
  return behindObstacles(scenario, () =>
    'documented' in kit
      ? openDocumented(scenario, kit, makers)
      : openGateway(scenario, kit, profileOf(kit.recordings.gateway), makers),
  );
}
