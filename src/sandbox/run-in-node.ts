import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packKit } from '../gateway/pack-kit.ts';
import type { AnswerSet } from '../gateway/answer-set.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { GuestMessage, RunRequest, RunResult, TimeMode } from './protocol.ts';
import { readImports } from './read-imports.ts';
import { collect, emptyResult } from './run-result.ts';
import { withPlace } from './syntax-place.ts';

export interface NodeRun {
  /** JavaScript, as an ES module. */
  readonly code: string;
  readonly fileName: string;
  readonly scenario: Scenario;
  readonly recordings: AnswerSet;
  /** `instant` when left out. */
  readonly time?: TimeMode;
}

/** Real time after which a program that never comes to an end is stopped. */
const PATIENCE_MS = 30_000;

/** Resolved from the project's folder and not from this file, which a bundler may have moved. */
const guestFile = (): string => resolve(process.cwd(), 'src/sandbox/guest-node.ts');

/**
 * Runs a program under Node with the same code that runs it in the reader's browser: for tests and for the results that
 * pages show before anyone pressed Run. Not a sandbox: run only the project's own samples with it.
 * The current folder has to be the project's.
 */
export async function runInNode(run: NodeRun): Promise<RunResult> {
  const { code, fileName, scenario, recordings, time = 'instant' } = run;
  const imports = await readImports(code);
  if ('failure' in imports) return { ...emptyResult, failure: imports.failure };
  const { places } = imports;
  const kit = packKit(scenario, recordings);
  const program = { code, fileName, imports: { places, libraries: {} } };
  const request: RunRequest = { kind: 'run', ...program, scenario, kit, time };
  return new Promise((settle, reject) => {
    const worker = new Worker(guestFile(), { workerData: request, execArgv: [] });
    let result = emptyResult;
    const finish = (): void => {
      clearTimeout(patience);
      void worker.terminate();
      settle(result);
    };
    const patience = setTimeout(() => {
      const message = `The program did not end within ${PATIENCE_MS / 1000} s of real time. Is there a loop without an end?`;
      const at = result.simulatedMs;
      result = collect(result, [
        { kind: 'failed', how: 'uncaught', name: 'Stopped', message, stack: '', at, position: null },
      ]);
      finish();
    }, PATIENCE_MS);
    worker.on('message', (messages: readonly GuestMessage[]) => {
      const placed = messages.map((message) => (message.kind === 'failed' ? withPlace(message, code) : message));
      result = collect(result, placed);
      if (messages.some(({ kind }) => kind === 'finished')) finish();
    });
    worker.on('error', (error) => {
      clearTimeout(patience);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
