import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packKit } from '../../gateway/pack-kit.ts';
import type { Answer, GuestMessage, RunRequest, RunResult } from '../protocol.ts';
import type { NodeRun } from '../run-in-node.ts';
import { collect, emptyResult } from '../run-result.ts';
import type { PythonPaths } from './boot-in-node.ts';

interface Typed {
  /** What somebody types when the program asks; left out: nobody is there. */
  readonly answers?: readonly Answer[];
}

/** Python under Node: for tests and for the results that pages show before anyone pressed Run. */
export interface PythonInNode {
  /** Runs a program after those before it are over. They share an interpreter, so run only the project's own samples. */
  readonly run: (run: NodeRun & Typed) => Promise<RunResult>;
  readonly close: () => Promise<void>;
}

/** Resolved from the project's folder and not from this file, which a bundler may have moved. */
const threadFile = (): string => resolve(process.cwd(), 'src/sandbox/python/python-node.ts');

/**
 * Starts an interpreter. The current folder has to be the project's.
 * @param files paths of what the build made for it
 */
export function startPythonInNode(files: PythonPaths): PythonInNode {
  const worker = new Worker(threadFile(), { workerData: files, execArgv: [] });
  // An interpreter without a program keeps no process alive.
  worker.unref();
  let before: Promise<unknown> = Promise.resolve();

  const runNow = ({
    code,
    fileName,
    scenario,
    recordings,
    time = 'instant',
    answers = [],
  }: NodeRun & Typed): Promise<RunResult> =>
    new Promise((settle, reject) => {
      let result = emptyResult;
      worker.ref();
      const hear = (messages: readonly GuestMessage[]): void => {
        result = collect(result, messages);
        if (!messages.some(({ kind }) => kind === 'finished')) return;
        worker.off('message', hear);
        worker.off('error', reject);
        worker.unref();
        settle(result);
      };
      worker.on('message', hear);
      worker.on('error', reject);
      const kit = packKit(scenario, recordings);
      const request: RunRequest = { kind: 'run', code, fileName, scenario, kit, time, answers };
      worker.postMessage(request);
    });

  return {
    run: (run) => {
      const done = before.then(() => runNow(run));
      before = done.catch(() => undefined);
      return done;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
