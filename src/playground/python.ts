import { effect, signal, type ReadonlySignal } from '@preact/signals';
import partUrl from 'virtual:part/python';
import { PYTHON } from 'virtual:python-files';
import type { Become, SandboxHost } from '../sandbox/host.ts';
import type { Becoming } from '../sandbox/protocol.ts';
import { runAsking, type Asking } from './ask-reader.ts';
import { scriptText } from './parts.ts';
import type { Notice } from './notice.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { PlaygroundData } from './playground-data.ts';
import { runOf } from './run-parts.ts';
import { newInterpreter } from './python-questions.ts';

/** Bytes of Python's files that have come, and that there are; null before and after. */
const progress = signal<{ readonly done: number; readonly total: number } | null>(null);

type Loaded = Omit<Becoming, 'questions'>;

let loading: Promise<Loaded> | null = null;

/** Fetches Python, once a page. Rejects with a sentence; the next call tries again. */
export const loadPython = (): Promise<Loaded> => {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
};

/** What makes one guest a Python interpreter. Call it for each. */
export const becomePython: Become = async () => ({ ...(await loadPython()), questions: newInterpreter() });

async function load(): Promise<Loaded> {
  if (PYTHON === null)
    throw new Error('This copy of the site was built without Python, so its programs are shown only.');
  const { files } = PYTHON;
  const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  progress.value = { done, total };
  const file = (name: keyof typeof files): Promise<ArrayBuffer> =>
    readAll(files[name].url, (count) => {
      done += count;
      progress.value = { done, total };
    });
  const text = async (name: keyof typeof files): Promise<string> => new TextDecoder().decode(await file(name));
  try {
    const [script, lock, loader, runtime, wasm, stdlib, packages] = await Promise.all([
      scriptText(partUrl, 'The code for Python'),
      ...([text('lock'), text('loader'), text('runtime')] as const),
      ...([file('wasm'), file('stdlib'), file('packages')] as const),
    ]);
    return { text: script, files: { lock, loader, runtime, wasm, stdlib, packages } };
  } finally {
    progress.value = null;
  }
}

const UNREACHABLE = 'Python could not be loaded. Check your connection, then press Run again.';

async function readAll(url: string, onBytes: (count: number) => void): Promise<ArrayBuffer> {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok || !response.body) {
    throw new Error(
      response && !response.ok ? `${UNREACHABLE} (The server answered ${response.status}.)` : UNREACHABLE,
    );
  }
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count)).arrayBuffer().catch(() => {
    throw new Error(UNREACHABLE);
  });
}

/** As much of a playground as says how far the download is. */
interface Waiting extends Asking {
  readonly notice: ReadonlySignal<Notice | null>;
  readonly notify: (notice: Notice | null) => void;
  readonly scenario: ReadonlySignal<Scenario>;
  readonly hostOf: (guestUrl: string) => Pick<SandboxHost, 'warm'>;
}

/** The playgrounds whose readers may be asked for input, by their data. */
const playgrounds = new WeakMap<PlaygroundData, Asking>();

/** How a playground's programs are run: they may ask its reader for input. */
export function runPythonOf(data: PlaygroundData): (host: SandboxHost) => SandboxHost['run'] {
  const playground = playgrounds.get(data);
  return (host) =>
    playground
      ? runAsking(playground, host, becomePython)
      : (request, onMessages, ports) => host.run(request, onMessages, ports, becomePython);
}

/**
 * Fetches Python and shows in the playground how far it is.
 * @param warm an interpreter is to get ready for the next run; a run brings its own
 */
export async function showProgress(playground: Waiting, warm: boolean): Promise<void> {
  playgrounds.set(playground.data, playground);
  const before = playground.notice.peek();
  const stop = effect(() => {
    const { value } = progress;
    if (value) playground.notify({ kind: 'progress', label: 'Loading Python', ...value });
  });
  try {
    await loadPython();
    if (!warm) return;
    const { guestUrl } = await runOf(playground.data, playground.scenario.peek());
    playground.hostOf(guestUrl).warm(becomePython);
  } finally {
    stop();
    if (playground.notice.peek()?.kind === 'progress') playground.notify(before?.kind === 'progress' ? null : before);
  }
}
