import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { RunHandle, SandboxHost } from '../sandbox/host.ts';
import type { GuestMessage, RunResult, TimeMode } from '../sandbox/protocol.ts';
import { collect, emptyResult } from '../sandbox/run-result.ts';
import type { DevtoolsRun } from '../devtools/devtools.ts';
import { devtools } from './devtools-mode.ts';
import type { PendingRequest } from './evidence-parts.ts';
import { instructive, type PlaygroundData } from './playground-data.ts';
import { prepareRun } from './prepare-run.ts';
import type { RunState } from './status-sentence.ts';
import type { PlaygroundCode } from './store-code.ts';
import type { PlaygroundScenario } from './store-scenario.ts';

/** Gives the sandbox whose guests have the gateway of this script. */
export type HostOf = (guestUrl: string) => SandboxHost;

/** Runs the shown file against the scenario, one run at a time. */
export function createRunning(
  data: PlaygroundData,
  { file, shownCode }: PlaygroundCode,
  { scenario, mistake, settled }: PlaygroundScenario,
  hostOf: HostOf,
) {
  const state = signal<RunState>('idle');
  const result = signal<RunResult | null>(data.recorded);
  const pending = signal<readonly PendingRequest[]>([]);
  const chosenId = signal<number | null>(null);
  const time = signal<TimeMode>('instant');
  /** Explains a run that could not start or broke down. */
  const trouble = signal<string | null>(null);
  const busy = computed(() => state.value === 'starting' || state.value === 'running');
  /** Simulated ms at which time stands; null while it goes on. */
  const pausedAt = signal<number | null>(null);
  const chosen = computed(() => {
    const exchanges = result.value?.exchanges ?? [];
    const shown = exchanges.find(({ id }) => id === chosenId.value);
    return shown ?? (pausedAt.value === null ? instructive(exchanges) : (exchanges.at(-1) ?? null));
  });
  let handle: RunHandle | null = null;
  let runNumber = 0;
  /** What the reader did to a run that has no program yet. */
  let early: ((handle: RunHandle) => void)[] = [];
  const soon = (act: (handle: RunHandle) => void): void => {
    if (handle) act(handle);
    else early.push(act);
  };

  async function run(stepwise = false): Promise<void> {
    handle?.stop();
    handle = null;
    early = [];
    const number = ++runNumber;
    batch(() => {
      end('starting', emptyResult);
      chosenId.value = null;
      trouble.value = null;
    });
    let through: DevtoolsRun | undefined;
    try {
      await settled();
      through = devtools.peek()?.forRun((sentence) => {
        if (number !== runNumber) return;
        trouble.value = sentence;
        handle?.stop();
      });
      const wrong = mistake.peek();
      if (wrong !== null) throw new Error(wrong);
      const prepared = await prepareRun(
        data,
        file.peek(),
        shownCode(),
        time.peek(),
        scenario.peek(),
        through !== undefined,
      );
      if (number !== runNumber || state.peek() === 'stopped') return;
      if ('failure' in prepared) {
        end('error', { ...emptyResult, failure: prepared.failure });
        return;
      }
      const ports = through && { pageFetch: through.port };
      const hear = (messages: readonly GuestMessage[]): void => {
        if (number === runNumber) take(messages);
      };
      const host = hostOf(prepared.guestUrl);
      handle = (prepared.runOn?.(host) ?? host.run)({ ...prepared.request, stepwise }, hear, ports);
      for (const act of early) act(handle);
      const how = await handle.done;
      if (number !== runNumber) return;
      handle = null;
      pausedAt.value = null;
      // A stopped program may have come to an end of its own.
      if (state.peek() === 'stopped') return;
      const failed = result.peek()?.failure;
      if (how === 'crashed' && !failed)
        fail('The sandbox broke down before the program ended. Press Run to start a new one.');
      else if (how === 'stopped') state.value = 'stopped';
      else state.value = failed ? 'error' : 'done';
    } catch (error) {
      if (number === runNumber) fail(error instanceof Error ? error.message : 'The run could not start.');
    } finally {
      through?.end();
    }
  }

  function take(messages: readonly GuestMessage[]): void {
    batch(() => {
      const open = new Map(pending.peek().map((request) => [request.id, request]));
      for (const message of messages) {
        if (message.kind === 'ready') state.value = 'running';
        if (message.kind === 'paused') pausedAt.value = message.at;
        if (message.kind === 'requested') open.set(message.id, message);
        if (message.kind === 'exchanged') open.delete(message.exchange.id);
      }
      pending.value = [...open.values()];
      result.value = collect(result.peek() ?? emptyResult, messages);
    });
  }

  function end(how: RunState, shown: RunResult): void {
    batch(() => {
      state.value = how;
      result.value = shown;
      pending.value = [];
      pausedAt.value = null;
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

  /** Goes on to the next request that leaves or comes back. Starts the program when it does not run. */
  async function step(): Promise<void> {
    if (!busy.peek()) return run(true);
    pausedAt.value = null;
    soon((running) => running.step());
  }

  /** Lets time stand, or go on. */
  function pause(): void {
    if (pausedAt.peek() === null) soon((running) => running.pause());
    else {
      pausedAt.value = null;
      handle?.resume();
    }
  }

  /** Ends what runs, and shows the recorded result as on the first visit. */
  function forget(): void {
    runNumber++;
    handle?.stop();
    handle = null;
    batch(() => {
      chosenId.value = null;
      trouble.value = null;
      end('idle', data.recorded ?? emptyResult);
    });
  }

  return {
    state: state as ReadonlySignal<RunState>,
    result: result as ReadonlySignal<RunResult | null>,
    pending: pending as ReadonlySignal<readonly PendingRequest[]>,
    time: time as ReadonlySignal<TimeMode>,
    trouble: trouble as ReadonlySignal<string | null>,
    busy,
    chosen,
    paused: computed(() => (pausedAt.value === null ? null : { at: pausedAt.value, open: pending.value.length })),
    pausedAt: pausedAt as ReadonlySignal<number | null>,
    run,
    step,
    pause,
    stop,
    forget,
    choose: (id: number): void => {
      chosenId.value = id;
    },
    keepTime: (mode: TimeMode): void => {
      time.value = mode;
    },
  };
}
