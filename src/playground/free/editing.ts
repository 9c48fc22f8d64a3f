import { batch, effect, signal, type ReadonlySignal } from '@preact/signals';
import { loadChoices } from '../choices.ts';
import type { SharedScenario } from '../share.ts';
import { siteScenario } from '../site-scenario.ts';
import type { Playground } from '../store.ts';
import type { YamlProblem } from '../yaml-problems.ts';

/** The text of the scenario that a free playground simulates, in step with its controls both ways. */
export interface ScenarioEditing {
  readonly text: ReadonlySignal<string>;
  readonly problems: ReadonlySignal<readonly YamlProblem[]>;
  /** Counts up when the text is replaced from outside the editor, so that the editor takes it over. */
  readonly replaced: ReadonlySignal<number>;
  /** Takes over what the reader has written. */
  readonly edit: (text: string) => Promise<void>;
  /** Takes over a text from outside the editor; what was there can be brought back. */
  readonly replace: (text: string, sentence: string) => Promise<void>;
  /** Simulates a scenario of the site; what was there can be brought back. */
  readonly choose: (id: string) => Promise<void>;
  readonly dispose: () => void;
}

const load = () => Promise.all([import('./scenario-reader.ts'), loadChoices()] as const);

/** @param own the text of the page's own scenario */
export function createEditing(playground: Playground, own: string): ScenarioEditing {
  const { data, source, scenario, mistake } = playground;
  const text = signal(own);
  /** The last text that came from outside the editor. What differs from it is the reader's own. */
  let shown = own;
  const problems = signal<readonly YamlProblem[]>([]);
  const replaced = signal(0);
  /** True while the reader's own text is handed over: the text is ahead then, not behind. */
  let writing = false;
  let turn = 0;
  let reader: Awaited<ReturnType<typeof load>> | null = null;

  const follow = effect(() => {
    const from = source.value;
    if (!writing) void playground.part(() => showText(from));
  });

  /** Shows the text of a scenario that was set from outside: by a control, a link, a draft. */
  async function showText(from: SharedScenario): Promise<void> {
    const mine = ++turn;
    const base = await textOf(from);
    const changed = from.adjust ? (await load())[0].textInStep(base, scenario.peek()) : base;
    const wrong = mistake.peek() === null ? [] : await problemsIn(base);
    if (mine !== turn) return;
    batch(() => {
      problems.value = wrong;
      put(changed ?? base);
    });
  }

  function put(next: string): void {
    shown = next;
    if (text.peek() === next) return;
    text.value = next;
    replaced.value++;
  }

  async function textOf(from: SharedScenario): Promise<string> {
    if ('yaml' in from) return from.yaml;
    return from.id === data.scenarioId ? own : (await siteScenario(from.id)).text;
  }

  async function problemsIn(yaml: string): Promise<readonly YamlProblem[]> {
    const [{ readScenario }, choices] = await load();
    return readScenario(yaml, choices).problems;
  }

  async function edit(next: string): Promise<void> {
    if (next === text.peek()) return;
    const mine = ++turn;
    text.value = next;
    if (!reader) {
      const loading = load();
      playground.settling(loading);
      reader = await loading;
    }
    const [{ readScenario }, choices] = reader;
    if (mine !== turn) return;
    const read = readScenario(next, choices);
    const [first] = read.problems;
    problems.value = read.problems;
    handOver(() => {
      if (next === own) playground.setScenario(data.scenario, data.scenarioId);
      else if (read.scenario) playground.setScenario(read.scenario, { yaml: next });
      else playground.misread(next, `The scenario has a mistake in line ${first?.line ?? 1}: ${first?.message ?? ''}`);
    });
  }

  function handOver(act: () => void): void {
    writing = true;
    act();
    writing = false;
  }

  async function replace(next: string, sentence: string): Promise<void> {
    const before = text.peek();
    await edit(next);
    replaced.value++;
    offerBack(sentence, before);
  }

  /** Nothing of the reader's is lost: a text of their own can be had back. */
  function offerBack(sentence: string, before: string): void {
    playground.notify({
      kind: 'offer',
      sentence,
      action: 'Bring back what was there before',
      act: () => {
        playground.notify(null);
        void playground.part(async () => {
          await edit(before);
          replaced.value++;
        });
      },
    });
  }

  async function choose(id: string): Promise<void> {
    const site = id === data.scenarioId ? Promise.resolve({ scenario: data.scenario, text: own }) : siteScenario(id);
    playground.settling(site);
    const { scenario: chosen, text: next } = await site;
    // What the reader wrote a moment ago may not have been read as a scenario yet.
    const before = text.peek();
    const written = 'yaml' in source.peek() || (before !== shown && before !== own);
    turn++;
    batch(() => {
      playground.setScenario(chosen, id);
      put(next);
    });
    playground.say(`From the next Run on: ${chosen.title}.`);
    if (written) offerBack('Your own scenario made room for this one.', before);
    else playground.notify(null);
  }

  return { text, problems, replaced, edit, replace, choose, dispose: follow };
}
