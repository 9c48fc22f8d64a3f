import type { Scenario } from '../schema/scenario.ts';
import { nearestVersion } from '../gateway/nearest-version.ts';
import { loadChoices, type Choices } from './choices.ts';
import { gatewayName } from './controls-gateway.tsx';
import { simulatesText } from './simulates.ts';

/** What any scenario simulates, in one line. Throws a sentence when the choices cannot be loaded. */
export const loadWords = async (scenario: Scenario): Promise<string> => simulatesOf(scenario, await loadChoices());

/** What any scenario simulates, in one line. */
export function simulatesOf(scenario: Scenario, choices: Choices): string {
  const { id } = scenario.gateway;
  return simulatesText(
    scenario,
    { name: gatewayName(choices, id), origin: originOf(choices, id) },
    (fault) => choices.faults.find((choice) => choice.id === fault)?.summary,
  );
}

function originOf(choices: Choices, gateway: string): string {
  const [id, version] = gateway.split('@');
  const choice = choices.gateways.find((one) => one.id === id);
  if (!choice) return 'unknown here';
  if (choice.kind === 'documented') return 'documented';
  return `recorded ${choice.recordedOn[nearestVersion(choice.versions, version ?? null) ?? ''] ?? ''}`.trim();
}
