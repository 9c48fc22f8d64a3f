import { systemIn, loadOn } from '../scenario-system.ts';
import type { SystemMaker } from '../story.ts';
import { systemTurn } from '../system-turn.ts';

/** Makes the servers of a scenario, and the clients that share them with the reader's. Throws where it has no servers. */
export const makeSystem: SystemMaker = ({ scenario, seed, chapters, reactions }) => {
  const { network } = scenario;
  const system = systemIn(scenario, seed, chapters);
  const others = loadOn(system, scenario, seed, chapters);
  const setting = { settings: system.settings, oneWayMs: network.upstream, clientMs: network.client, reactions };
  return {
    offer: ({ method, headers }, at) => {
      others?.advance(at);
      return system.offer({ method, headers }, at);
    },
    turn: (offer, method, response) => systemTurn(offer, method, response, setting),
  };
};
