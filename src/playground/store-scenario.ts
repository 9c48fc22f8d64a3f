import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Scenario } from '../schema/scenario.ts';
import type { Adjustments } from './adjust.ts';
import type { PlaygroundData } from './playground-data.ts';
import type { SharedScenario } from './share.ts';

/** What the playground simulates: its page's own scenario until the reader changes it. */
export interface PlaygroundScenario {
  /** What runs: the last one that could be read. */
  readonly scenario: ReadonlySignal<Scenario>;
  /** The same as links and drafts carry it. */
  readonly source: ReadonlySignal<SharedScenario>;
  /** Why it cannot run as it is written; null when it can. */
  readonly mistake: ReadonlySignal<string | null>;
  /** Id of the scenario file that this is; null once the reader has changed it. */
  readonly scenarioId: ReadonlySignal<string | null>;
  readonly scenarioEdited: ReadonlySignal<boolean>;
  /** True when the controls have changed something about it. */
  readonly adjusted: ReadonlySignal<boolean>;
  /** @param from id of the scenario file that `next` is, or the text that it was read from */
  readonly setScenario: (next: Scenario, from: string | { readonly yaml: string }) => void;
  /**
   * Changes settings of the scenario, on top of those that were changed since it was set; null takes all of them back.
   * @param make applies them. Throws a sentence where the scenario has a mistake.
   */
  readonly adjustScenario: (
    change: Adjustments | null,
    make: (scenario: Scenario, change: Adjustments) => Scenario,
  ) => void;
  /** Keeps a text that is no scenario yet. */
  readonly misread: (yaml: string, mistake: string) => void;
  /** What the reader wrote or chose is on its way: runs and controls wait for it. */
  readonly settling: (work: Promise<unknown>) => void;
  readonly settled: () => Promise<void>;
  /** Does something once all that was on its way before has come; runs wait for it as well. */
  readonly inTurn: (act: () => Promise<void>) => Promise<void>;
}

export function createScenario(data: PlaygroundData): PlaygroundScenario {
  const own: SharedScenario = { id: data.scenarioId };
  const scenario = signal(data.scenario);
  const source = signal<SharedScenario>(own);
  const mistake = signal<string | null>(null);
  /** Without what the controls changed. */
  let base = data.scenario;
  let work: Promise<unknown> = Promise.resolve();

  function simulate(next: Scenario, from: SharedScenario): void {
    batch(() => {
      // The page's own comes with its kit; it is told by identity, also when the reader has come back to it.
      const isOwn = 'id' in from && JSON.stringify(next) === JSON.stringify(data.scenario);
      scenario.value = isOwn ? data.scenario : next;
      source.value = isOwn ? own : from;
      mistake.value = null;
    });
  }

  return {
    scenario,
    source,
    mistake,
    scenarioId: computed(() => ('id' in source.value && !source.value.adjust ? source.value.id : null)),
    scenarioEdited: computed(() => source.value !== own),
    adjusted: computed(() => source.value.adjust !== undefined),
    setScenario(next, from) {
      base = next;
      simulate(next, typeof from === 'string' ? { id: from } : from);
    },
    adjustScenario(change, make) {
      if (mistake.peek() !== null) throw new Error(`${mistake.peek() ?? ''} Mend that first.`);
      const { adjust: before, ...from } = source.peek();
      const adjust = change && { ...before, ...change };
      if (adjust) simulate(make(base, adjust), { ...from, adjust });
      else simulate(base, from);
    },
    misread(yaml, sentence) {
      batch(() => {
        source.value = { yaml };
        mistake.value = sentence;
      });
    },
    settling(more) {
      work = Promise.allSettled([work, more]);
    },
    async settled() {
      // What was waited for may have brought more.
      for (let known; known !== work;) await (known = work);
    },
    inTurn(act) {
      const done = work.then(act);
      work = Promise.allSettled([done]);
      return done;
    },
  };
}
