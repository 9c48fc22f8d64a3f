import type { RunResult } from '../sandbox/protocol.ts';
import { collect, emptyResult } from '../sandbox/run-result.ts';
import type { Scenario } from '../schema/scenario.ts';
import { prepareRun } from './prepare-run.ts';
import type { Playground } from './store.ts';

/**
 * Runs the shown program against another scenario, beside the playground's own run and without a trace in it.
 * Throws a sentence for the reader when it cannot start; rejects with the signal's reason when it is stopped.
 */
export async function runAside(playground: Playground, scenario: Scenario, signal: AbortSignal): Promise<RunResult> {
  const { data, file, shownCode, hostOf } = playground;
  const prepared = await prepareRun(data, file.peek(), shownCode(), 'instant', scenario);
  signal.throwIfAborted();
  if ('failure' in prepared) return { ...emptyResult, failure: prepared.failure };
  let result = emptyResult;
  const handle = hostOf(prepared.guestUrl).run(prepared.request, (messages) => {
    result = collect(result, messages);
  });
  const stop = (): void => handle.stop();
  signal.addEventListener('abort', stop);
  const how = await handle.done;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (how === 'crashed' && !result.failure) throw new Error('The sandbox broke down before the program ended.');
  return result;
}
