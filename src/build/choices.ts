import { documentedFor } from '../gateway/documented/documented-fault.ts';
import { FAULTS } from '../gateway/faults/index.ts';
import { GATEWAY_NAMES } from '../gateway/gateway-names.ts';
import { DOCUMENTED_GATEWAY_IDS, RECORDED_GATEWAY_IDS } from '../gateway/ids.ts';
import { compareVersions } from '../gateway/nearest-version.ts';
import type { Choices, GatewayChoice } from '../playground/choices.ts';
import { documentedSetFor } from './documented.ts';
import { loadScenario, recordedVersions, recordingsFor, scenarioIds } from './scenarios.ts';

/** Every gateway, fault and scenario that a reader can choose. Gathered once a build. */
export const allChoices = (): Choices => (gathered ??= gather());
let gathered: Choices | undefined;

function gather(): Choices {
  const known = [...recordedGateways(), ...documentedGateways()];
  return {
    gateways: known.map(({ choice }) => choice),
    faults: FAULTS.map(({ id, group, summary, cause }) => ({
      id,
      group,
      summary,
      cause,
      gateways: known.filter(({ faults }) => faults.has(id)).map(({ choice }) => choice.id),
    })),
    scenarios: scenarioIds().map((id) => {
      const { title, summary, gateway } = loadScenario(id);
      return { id, title, summary, gateway: gateway.id };
    }),
  };
}

interface Known {
  readonly choice: GatewayChoice;
  /** Ids of those that it answers, in its newest version or first variant. */
  readonly faults: ReadonlySet<string>;
}

function recordedGateways(): Known[] {
  const all = recordedVersions();
  return RECORDED_GATEWAY_IDS.map((id) => {
    const versions = all
      .filter(({ gateway }) => gateway === id)
      .map(({ version }) => version)
      .sort((a, b) => compareVersions(b, a));
    const faults = new Set(recordingsFor(id).recordings.map(({ fault }) => fault));
    const recordedOn = Object.fromEntries(versions.map((version) => [version, recordingsFor(id, version).date]));
    return { choice: { id, title: GATEWAY_NAMES[id], kind: 'recorded', versions, recordedOn }, faults };
  });
}

function documentedGateways(): Known[] {
  return DOCUMENTED_GATEWAY_IDS.map((id) => {
    const set = documentedSetFor(id);
    const first = set.variants[0]?.id ?? '';
    const faults = new Set(FAULTS.filter((fault) => documentedFor(set, first, fault.id)).map((fault) => fault.id));
    return { choice: { id, title: set.name, kind: 'documented', variants: set.variants }, faults };
  });
}
