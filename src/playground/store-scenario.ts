import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Scenario } from '../schema/scenario.ts';
import type { PlaygroundData } from './playground-data.ts';

/** What the playground simulates: its page's own scenario until the reader changes it. */
export interface PlaygroundScenario {
  readonly scenario: ReadonlySignal<Scenario>;
  /** Id of the scenario file that this is; null once the reader has changed it. */
  readonly scenarioId: ReadonlySignal<string | null>;
  readonly scenarioEdited: ReadonlySignal<boolean>;
  /** @param name id of the scenario file that `next` is, where it is one */
  readonly setScenario: (next: Scenario, name?: string) => void;
}

export function createScenario(data: PlaygroundData): PlaygroundScenario {
  const scenario = signal(data.scenario);
  const scenarioId = signal<string | null>(data.scenarioId);
  return {
    scenario,
    scenarioId,
    scenarioEdited: computed(() => scenario.value !== data.scenario),
    setScenario(next, name) {
      batch(() => {
        // The page's own comes with its kit; it is told by identity, also when the reader has come back to it.
        const own = name === data.scenarioId || JSON.stringify(next) === JSON.stringify(data.scenario);
        scenario.value = own ? data.scenario : next;
        scenarioId.value = own ? data.scenarioId : (name ?? null);
      });
    },
  };
}
