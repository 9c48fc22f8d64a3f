import { batch, computed, signal, type Signal } from '@preact/signals';
import type { SandboxHost, RunHandle } from '../sandbox/host.ts';
import type { GuestMessage, RunResult, TimeMode } from '../sandbox/protocol.ts';
import { collect, emptyResult } from '../sandbox/run-result.ts';
import { draftKey, keepDraft, readDraft, type Draft } from './draft.ts';
import type { PendingRequest } from './network-view.tsx';
import { instructive, type PlaygroundData } from './playground-data.ts';
import { prepareRun } from './prepare-run.ts';
import { statusSentence, type RunState } from './status-sentence.ts';

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
  hostOf: () => SandboxHost = () => {
    throw new Error('There is no sandbox here.');
  },
) {
  const state = signal<RunState>('idle');
  const result = signal<RunResult | null>(data.recorded);
  const pending = signal<readonly PendingRequest[]>([]);
  const chosenId = signal<number | null>(null);
  const code = originals.map((text) => signal(text));
  const file = signal(0);
  const time = signal<TimeMode>('instant');
  const notice = signal<Notice | null>(null);
  /** What was done besides running, for the polite status: `Link copied.` */
  const told = signal('');
  /** Explains a run that could not start or broke down. */
  const trouble = signal<string | null>(null);
  /** Counts up when code is replaced from outside the editor, so that the editor takes it over. */
  const replaced = signal(0);

  const edited = computed(() => code.some((text, index) => text.value !== originals[index]));
  const busy = computed(() => state.value === 'starting' || state.value === 'running');
  const chosen = computed(() => {
    const exchanges = result.value?.exchanges ?? [];
    return exchanges.find(({ id }) => id === chosenId.value) ?? instructive(exchanges);
  });
  const status = computed(() => told.value || trouble.value || statusSentence(state.value, result.value));

  const key = typeof location === 'undefined' ? '' : draftKey(location.pathname, data.id);
  let handle: RunHandle | null = null;
  let runNumber = 0;

  async function run(): Promise<void> {
    handle?.stop();
    const number = ++runNumber;
    const index = file.peek();
    batch(() => {
      state.value = 'starting';
      result.value = emptyResult;
      pending.value = [];
      chosenId.value = null;
      told.value = '';
      trouble.value = null;
    });
    try {
      const request = await prepareRun(data, index, code[index]?.peek() ?? '', time.peek());
      if (number !== runNumber || state.peek() === 'stopped') return;
      if ('failure' in request) {
        end('error', { ...emptyResult, failure: request.failure });
        return;
      }
      const started = hostOf().run(request, (message) => {
        if (number === runNumber) take(message);
      });
      handle = started;
      const how = await started.done;
      if (number !== runNumber) return;
      handle = null;
      if (how === 'crashed' && !result.peek()?.failure)
        fail('The sandbox broke down before the program ended. Press Run to start a new one.');
      else if (how === 'stopped') state.value = 'stopped';
      else state.value = result.peek()?.failure ? 'error' : 'done';
    } catch (error) {
      if (number === runNumber) fail(error instanceof Error ? error.message : 'The run could not start.');
    }
  }

  function take(message: GuestMessage): void {
    batch(() => {
      if (message.kind === 'ready') state.value = 'running';
      if (message.kind === 'requested') pending.value = [...pending.peek(), message];
      if (message.kind === 'exchanged') pending.value = pending.peek().filter(({ id }) => id !== message.exchange.id);
      result.value = collect(result.peek() ?? emptyResult, message);
    });
  }

  function end(how: RunState, shown: RunResult): void {
    batch(() => {
      state.value = how;
      result.value = shown;
      pending.value = [];
    });
  }

  function fail(sentence: string): void {
    trouble.value = sentence;
    state.value = 'error';
  }

  function stop(): void {
    if (!busy.peek()) return;
    state.value = 'stopped';
    handle?.stop();
  }

  function edit(text: string, index = file.peek()): void {
    const current = code[index];
    if (!current || current.peek() === text) return;
    current.value = text;
    told.value = '';
    const draft = Object.fromEntries(data.files.map(({ name }, other) => [name, code[other]?.peek() ?? '']));
    keepDraft(key, edited.peek() ? draft : null);
  }

  /** The author's program and its recorded result, as on the first visit. */
  function reset(): void {
    runNumber++;
    handle?.stop();
    handle = null;
    batch(() => {
      replaceCode(originals);
      notice.value = null;
      chosenId.value = null;
      trouble.value = null;
      told.value = 'The program is back as it was.';
      end('idle', data.recorded ?? emptyResult);
    });
    keepDraft(key, null);
  }

  function replaceCode(texts: readonly (string | undefined)[]): void {
    batch(() => {
      texts.forEach((text, index) => {
        const target = code[index];
        if (target && text !== undefined) target.value = text;
      });
      replaced.value++;
    });
  }

  async function share(): Promise<void> {
    const index = file.peek();
    const name = data.files[index]?.name ?? '';
    const { shareHash } = await import('./share-link.ts');
    const hash = await shareHash({
      v: 1,
      id: data.id,
      code: code[index]?.peek() ?? '',
      file: name,
      scenario: data.scenarioId,
    });
    const link = location.origin + location.pathname + hash;
    try {
      await navigator.clipboard.writeText(link);
      told.value = 'Link copied. It carries your code and this scenario, and waits for Run.';
    } catch {
      notice.value = { kind: 'copy', link };
      told.value = 'The browser did not allow copying. The link is above the code: copy it from there.';
    }
  }

  function download(): void {
    const index = file.peek();
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(new Blob([code[index]?.peek() ?? ''], { type: 'text/javascript' }));
    anchor.download = data.files[index]?.name ?? 'client.js';
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
  }

  function restoreDraft(): void {
    const draft: Draft | null = readDraft(key);
    if (!draft) return;
    replaceCode(data.files.map(({ name }) => draft[name]));
    if (edited.peek()) notice.value = { kind: 'draft' };
  }

  /**
   * Shows the code that the page's address carries for this playground; never runs it.
   * @returns whether it was for this playground
   * @param first true for the page's first playground, which speaks for links that nobody can read
   */
  async function openLink(hash: string, ids: readonly string[], first: boolean): Promise<boolean> {
    if (!hash.startsWith('#play=')) return false;
    const { openShare } = await import('./share-link.ts');
    const opened = await openShare(hash);
    if (!opened.ok) {
      if (first) notice.value = { kind: 'problem', sentence: opened.sentence };
      return first;
    }
    const { id, code: shared, file: name } = opened.share;
    if (first && !ids.includes(id)) {
      notice.value = {
        kind: 'problem',
        sentence: 'The playground that this link was made for is no longer on this page.',
      };
      return true;
    }
    if (id !== data.id) return false;
    const index = Math.max(
      0,
      data.files.findIndex((candidate) => candidate.name === name),
    );
    file.value = index;
    replaceCode(data.files.map((_, other) => (other === index ? shared : undefined)));
    notice.value = { kind: 'link' };
    return true;
  }

  const choose = (id: number): void => {
    chosenId.value = id;
  };
  const show = (index: number): void => {
    file.value = index;
  };
  const keepTime = (mode: TimeMode): void => {
    time.value = mode;
  };

  return {
    data,
    originals,
    state: state as Readonly<Signal<RunState>>,
    result: result as Readonly<Signal<RunResult | null>>,
    pending: pending as Readonly<Signal<readonly PendingRequest[]>>,
    code: code as readonly Readonly<Signal<string>>[],
    file: file as Readonly<Signal<number>>,
    time: time as Readonly<Signal<TimeMode>>,
    notice: notice as Readonly<Signal<Notice | null>>,
    replaced: replaced as Readonly<Signal<number>>,
    edited,
    busy,
    chosen,
    status,
    run,
    stop,
    edit,
    reset,
    share,
    download,
    restoreDraft,
    openLink,
    choose,
    show,
    keepTime,
  };
}
