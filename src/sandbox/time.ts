import { type Clock } from '../gateway/clock.ts';
import { RUN_EPOCH } from '../gateway/run-epoch.ts';
import { timeoutError } from '../network/failures.ts';

export interface ProgramTime {
  /** Timers of the program that are still to fire. `AbortSignal.timeout` does not count: it keeps no program alive. */
  readonly pendingTimers: number;
  /** `AbortSignal.timeout`s that are still to fire. They end what the network holds open. */
  readonly pendingDeadlines: number;
  /** Timer callbacks of the program that have run. */
  readonly firedTimers: number;
}

type Callback = (...values: unknown[]) => unknown;

/**
 * Puts a clock under everything that tells or takes time: `Date`, `performance.now`, `setTimeout`, `setInterval`,
 * `AbortSignal.timeout`.
 * @param guard runs a callback of the program and reports what it throws
 */
export function installTime(clock: Clock, guard: (callback: () => unknown) => void): ProgramTime {
  /** The program's timer ids, each with the clock's timer that will fire it next. */
  const timers = new Map<number, number>();
  let lastId = 0;
  let fired = 0;
  let deadlines = 0;

  function start(callback: unknown, delay: unknown, repeat: boolean, values: unknown[]): number {
    if (typeof callback !== 'function') {
      throw new TypeError('A timer needs a function to call; code as text is not available in this playground.');
    }
    const id = ++lastId;
    // An interval of no length would never let time pass.
    const ms = Math.max(repeat ? 1 : 0, Math.trunc(Number(delay)) || 0);
    const fire = (): void => {
      fired += 1;
      if (repeat) timers.set(id, clock.setTimer(fire, ms));
      else timers.delete(id);
      guard(() => (callback as Callback)(...values));
    };
    timers.set(id, clock.setTimer(fire, ms));
    return id;
  }

  function stop(id: unknown): void {
    const timer = timers.get(Number(id));
    if (timer === undefined) return;
    clock.clearTimer(timer);
    timers.delete(Number(id));
  }

  replaceGlobal('setTimeout', function setTimeout(callback: unknown, delay?: unknown, ...values: unknown[]) {
    return start(callback, delay, false, values);
  });
  replaceGlobal('setInterval', function setInterval(callback: unknown, delay?: unknown, ...values: unknown[]) {
    return start(callback, delay, true, values);
  });
  replaceGlobal('clearTimeout', stop);
  replaceGlobal('clearInterval', stop);
  replaceGlobal(
    'Date',
    simulatedDate(() => RUN_EPOCH + clock.now()),
  );
  installPerformance(clock);
  Object.defineProperty(AbortSignal, 'timeout', {
    configurable: true,
    writable: true,
    value: function timeout(ms: number): AbortSignal {
      const callSite = new Error();
      const controller = new AbortController();
      deadlines++;
      clock.setTimer(() => {
        deadlines--;
        guard(() => controller.abort(timeoutError(callSite)));
      }, ms);
      return controller.signal;
    },
  });
  return {
    get pendingTimers() {
      return timers.size;
    },
    get pendingDeadlines() {
      return deadlines;
    },
    get firedTimers() {
      return fired;
    },
  };
}

/** The platform's `Date`, with another idea of now. */
function simulatedDate(now: () => number): DateConstructor {
  const today = (): number => Math.floor(now());
  const simulated: DateConstructor = new Proxy(Date, {
    construct: (target, values: unknown[], newTarget) =>
      Reflect.construct(target, values.length === 0 ? [today()] : values, newTarget) as Date,
    apply: (target) => new target(today()).toString(),
    get: (target, name, receiver) => (name === 'now' ? today : (Reflect.get(target, name, receiver) as unknown)),
  });
  Object.defineProperty(Date.prototype, 'constructor', { configurable: true, writable: true, value: simulated });
  return simulated;
}

function installPerformance(clock: Clock): void {
  Object.defineProperty(performance, 'now', { configurable: true, writable: true, value: () => clock.now() });
  Object.defineProperty(performance, 'timeOrigin', { configurable: true, value: RUN_EPOCH });
}

/** Sets a property of the global object, whatever the platform thought of it. */
export function replaceGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, enumerable: false, value });
}
