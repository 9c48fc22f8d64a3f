import { effect, type ReadonlySignal } from '@preact/signals';
import type { Become, SandboxHost } from '../sandbox/host.ts';
import type { ArrivedFile } from '../sandbox/python/python-files.ts';
import { runAsking, type Asking } from './ask-reader.ts';
import type { Notice } from './notice.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { PlaygroundData } from './playground-data.ts';
import { fetchPython, progress } from './python-download.ts';
import { newInterpreter } from './python-questions.ts';
import { runOf } from './run-parts.ts';

/** What makes one guest a Python interpreter. Call it for each; a guest comes up while its files do. */
export const becomePython: Become = async (likely) => {
  const { script, files, whole } = fetchPython();
  const { port1, port2 } = new MessageChannel();
  const send = (file: ArrivedFile): void => port1.postMessage(file);
  for (const [name, file] of files) {
    file.then(
      (content) => send({ name, content }),
      () => send({ name, content: null }),
    );
  }
  const becoming = { text: await script, files: port2, likely, questions: newInterpreter() };
  return { becoming, files: whole };
};

/** Waits until Python is here. Rejects with a sentence; the next call tries again. */
export const loadPython = (): Promise<unknown> => fetchPython().whole;

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
 * Fetches Python, shows in the playground how far it is, and has an interpreter come up meanwhile.
 * @param ahead no run has been asked for yet. A run that finds Python here brings its own interpreter
 */
export async function showProgress(playground: Waiting, ahead: boolean): Promise<void> {
  playgrounds.set(playground.data, playground);
  const before = playground.notice.peek();
  const stop = effect(() => {
    const { value } = progress;
    if (value) playground.notify({ kind: 'progress', label: 'Loading Python', ...value });
  });
  try {
    const whole = loadPython();
    if (ahead || progress.peek()) {
      const scenario = playground.scenario.peek();
      const { guestUrl, kit } = await runOf(playground.data, scenario);
      playground.hostOf(guestUrl).warm({ become: becomePython, likely: { scenario, kit } });
    }
    await whole;
  } finally {
    stop();
    if (playground.notice.peek()?.kind === 'progress') playground.notify(before?.kind === 'progress' ? null : before);
  }
}
