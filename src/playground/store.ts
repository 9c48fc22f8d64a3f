import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { draftKey, keepDraft, readDraft } from './draft.ts';
import type { PlaygroundData } from './playground-data.ts';
import { statusSentence } from './status-sentence.ts';
import { createCode } from './store-code.ts';
import { createRunning, type HostOf } from './store-running.ts';
import { createScenario } from './store-scenario.ts';
import type { Scenario } from '../schema/scenario.ts';

/** A message to the reader above the code. */
export type Notice =
  | { readonly kind: 'draft' | 'link' }
  | { readonly kind: 'problem'; readonly sentence: string }
  /** The share link, for the reader to copy by hand: the clipboard refused it. */
  | { readonly kind: 'copy'; readonly link: string };

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
  /** What was done besides running, for the polite status: `Link copied.` */
  const told = signal('');
  const edited = computed(() => code.codeEdited.value || what.scenarioEdited.value);
  const status = computed(
    () => told.value || trouble.value || statusSentence(running.state.value, running.result.value),
  );
  const key = typeof location === 'undefined' ? '' : draftKey(location.pathname, data.id);

  function keep(): void {
    const draft = Object.fromEntries(data.files.map(({ name }, index) => [name, code.code[index]?.peek() ?? '']));
    keepDraft(key, edited.peek() ? draft : null);
  }

  const playground = {
    data,
    ...code,
    ...what,
    ...running,
    notice: notice as ReadonlySignal<Notice | null>,
    edited,
    status,
    run(): Promise<void> {
      told.value = '';
      return running.run();
    },
    edit(text: string, index = code.file.peek()): void {
      if (!code.write(text, index)) return;
      told.value = '';
      keep();
    },
    /** Simulates something else from the next run on. The result of the run before stays in sight. */
    setScenario(next: Scenario, name?: string): void {
      what.setScenario(next, name);
      keep();
    },
    /** The author's program, scenario and recorded result, as on the first visit. */
    reset(): void {
      batch(() => {
        code.replaceCode(originals);
        what.setScenario(data.scenario, data.scenarioId);
        notice.value = null;
        told.value = 'The program is back as it was.';
        forget();
      });
      keepDraft(key, null);
    },
    /** Says something in the status line, until the next run or edit. */
    say(sentence: string): void {
      told.value = sentence;
    },
    notify(message: Notice | null): void {
      notice.value = message;
    },
    restoreDraft(): void {
      const draft = readDraft(key);
      if (!draft) return;
      code.replaceCode(data.files.map(({ name }) => draft[name]));
      if (edited.peek()) notice.value = { kind: 'draft' };
    },
    share: async (): Promise<void> => (await import('./store-sharing.ts')).share(playground),
    download: async (): Promise<void> => (await import('./store-sharing.ts')).download(playground),
    /** Shows what a link in the page's address carries; see store-sharing.ts. */
    openLink: async (hash: string, ids: readonly string[], first: boolean): Promise<boolean> =>
      hash.startsWith('#play=') && (await import('./store-sharing.ts')).openLink(playground, hash, ids, first),
  };
  return playground;
}
