import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packKit } from '../gateway/pack-kit.ts';
import type { AnswerSet } from '../gateway/answer-set.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { GuestMessage, RunResult, TimeMode } from './protocol.ts';
import { collect, emptyResult } from './run-result.ts';

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
export function runInNode({ code, fileName, scenario, recordings, time = 'instant' }: NodeRun): Promise<RunResult> {
  const request = { kind: 'run', code, fileName, scenario, kit: packKit(scenario, recordings), time };
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
    worker.on('message', (message: GuestMessage) => {
      result = collect(result, [message]);
      if (message.kind === 'finished') finish();
    });
    worker.on('error', (error) => {
      clearTimeout(patience);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
