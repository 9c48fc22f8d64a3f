import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Adjustments } from './adjust.ts';
import { draftKey, keepDraft, SCENARIO_IN_DRAFT, type Draft } from './draft.ts';
import type { Notice } from './notice.ts';
import type { PlaygroundData } from './playground-data.ts';
import { statusSentence } from './status-sentence.ts';
import { createCode } from './store-code.ts';
import { createRunning, type HostOf } from './store-running.ts';
import { createScenario } from './store-scenario.ts';
import type { Scenario } from '../schema/scenario.ts';

/** Everything one playground knows and can do. Views read the signals; they change through the actions only. */
export type Playground = ReturnType<typeof createPlayground>;

/**
 * @param originals the author's code, one for each file
 * @param hostOf gives the sandbox, when the first run needs it
 */
export function createPlayground(
  data: PlaygroundData,
  originals: readonly string[],
  hostOf: HostOf = () => {
    throw new Error('There is no sandbox here.');
  },
) {
  const code = createCode(data, originals);
  const what = createScenario(data);
  const { forget, trouble, ...running } = createRunning(data, code, what, hostOf);
  const notice = signal<Notice | null>(null);
  const aside = signal<readonly Draft[]>([]);
  /** What was done besides running, for the polite status: `Link copied.` */
  const told = signal('');
  /** Counts what the reader does that says something, so that words which arrive late do not cover newer ones. */
  let deeds = 0;
  const simulates = signal(data.simulates);
  const edited = computed(() => code.codeEdited.value || what.scenarioEdited.value);
  const status = computed(
    () =>
      told.value || trouble.value || statusSentence(running.state.value, running.result.value, running.paused.value),
  );
  // What a run says is newer than what was said before.
  running.state.subscribe((state) => {
    if (state !== 'idle') told.value = '';
  });
  const key = typeof location === 'undefined' ? '' : draftKey(location.pathname, data.id);

  /** What the reader has made of this playground. */
  function draft(): Draft | null {
    if (!edited.peek()) return null;
    const files = data.files.map(({ name }, index): [string, string] => [name, code.code[index]?.peek() ?? '']);
    const scenario = what.scenarioEdited.peek() ? { [SCENARIO_IN_DRAFT]: JSON.stringify(what.source.peek()) } : {};
    return { ...Object.fromEntries(files), ...scenario };
  }

  function keep(): void {
    keepDraft(key, draft(), aside.peek());
  }

  /** Brings the line that says what is simulated up to date. */
  async function describe(): Promise<void> {
    const now = what.scenario.peek();
    const words = now === data.scenario ? data.simulates : await (await import('./choices-words.ts')).loadWords(now);
    if (now === what.scenario.peek()) simulates.value = words;
  }

  async function part(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      // Browsers throw a TypeError for code that they cannot fetch; our own errors are sentences.
      told.value =
        error instanceof Error && !(error instanceof TypeError)
          ? error.message
          : 'That part of the playground could not be loaded. Check your connection and try again.';
    }
  }

  /**
   * Python is large: it is fetched when a reader first wants it, and the page says how far it is.
   * @param ahead no run has been asked for yet
   */
  function getPython(ahead: boolean): void {
    if (data.files[code.file.peek()]?.lang === 'py')
      void part(async () => (await import('./python.ts')).showProgress(playground, ahead));
  }

  const playground = {
    data,
    ...code,
    ...what,
    ...running,
    show: (index: number): void => {
      code.show(index);
      getPython(true);
    },
    notice: notice as ReadonlySignal<Notice | null>,
    edited,
    status,
    run(): Promise<void> {
      deeds++;
      getPython(false);
      return running.run();
    },
    step(): Promise<void> {
      deeds++;
      getPython(false);
      return running.step();
    },
    edit(text: string, index = code.file.peek()): void {
      if (!code.write(text, index)) return;
      told.value = '';
      keep();
    },
    /** What is simulated, in one line. */
    simulates: simulates as ReadonlySignal<string>,
    hostOf,
    /** Simulates something else from the next run on. The result of the run before stays in sight. */
    setScenario: (next: Scenario, from: string | { readonly yaml: string }): void => {
      what.setScenario(next, from);
      keep();
      void part(describe);
    },
    /** Keeps the text of a scenario that cannot be read, and runs nothing until it can. */
    misread: (yaml: string, mistake: string): void => {
      what.misread(yaml, mistake);
      keep();
    },
    /** Changes some settings of the scenario, or takes all such changes back, and says so. */
    adjust: (change: Adjustments | null): Promise<void> =>
      part(async () => {
        const [deed, state] = [++deeds, running.state.peek()];
        await what.inTurn(async () => {
          what.adjustScenario(change, (await import('./adjust.ts')).adjusted);
          keep();
        });
        await describe();
        // What was said meanwhile is newer, and a run that was about to start has waited for this.
        if (state !== 'starting' && deed === deeds && state === running.state.peek())
          told.value = `From the next Run on: ${simulates.value}.`;
      }),
    /** The author's program, scenario and recorded result, as on the first visit. */
    reset: (): void => {
      batch(() => {
        code.replaceCode(originals);
        what.setScenario(data.scenario, data.scenarioId);
        simulates.value = data.simulates;
        notice.value = aside.peek()[0] ? { kind: 'aside' } : null;
        told.value = 'The program is back as it was.';
        forget();
      });
      keep();
    },
    draft,
    /** Drafts of the reader that made room for a link or a file; the next one to be brought back first. */
    aside: aside as ReadonlySignal<readonly Draft[]>,
    setAside: (drafts: readonly Draft[]): void => {
      aside.value = drafts;
      keep();
    },
    /** Says something in the status line, until the next run or edit. */
    say: (sentence: string): void => {
      deeds++;
      told.value = sentence;
    },
    notify: (message: Notice | null): void => {
      notice.value = message;
    },
    /** Does something whose code few readers need; says so when that code cannot be fetched. */
    part,
  };
  return playground;
}
