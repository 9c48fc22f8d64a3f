import { canSuspend } from './pyodide.ts';

/** The platform's own time, which the program never sees. */
export interface RealTime {
  /** ms on a monotonic clock. */
  readonly now: () => number;
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
}

/** Real ms after which a program that goes from wait to wait lets messages from the page in. */
const BREATH_MS = 100;

/** Makes simulated waits take real time, where the reader wants that, and lets the page be heard in between. */
export class Patience {
  readonly #realTime: RealTime;
  /** Simulated ms for a real one; Infinity: waits take no time. */
  readonly #speed: number;
  #lastBreath: number;
  #wake: (() => void) | null = null;

  constructor(realTime: RealTime, speed: number) {
    this.#realTime = realTime;
    this.#speed = speed;
    this.#lastBreath = realTime.now();
  }

  /**
   * How to spend `simulatedMs`: null when nothing is to be waited for, or when that was done already; else a wait for the
   * caller. Where the browser cannot wait in the middle of a program, the thread sleeps.
   */
  rest(simulatedMs: number, held: boolean): (() => Promise<void>) | null {
    const ms = simulatedMs / this.#speed;
    if (!canSuspend()) {
      if (ms > 0) Atomics.wait(sleeper(), 0, 0, ms);
      return null;
    }
    if (ms <= 0 && !held && this.#realTime.now() - this.#lastBreath < BREATH_MS) return null;
    return async () => {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.#realTime.setTimeout(resolve, ms);
      });
      this.#lastBreath = this.#realTime.now();
    };
  }

  /** Ends a wait that is under way. */
  wake(): void {
    this.#wake?.();
  }
}

/** Sleeps until the page ends the thread. Where not even that is possible, the program is interrupted. */
export function sleepForEver(): null {
  try {
    for (;;) Atomics.wait(sleeper(), 0, 0);
  } catch {
    return null;
  }
}

let sleeping: Int32Array<SharedArrayBuffer> | null = null;
/** A place in shared memory on which a thread can sleep. Made this way it needs no isolation of the page. */
function sleeper(): Int32Array<SharedArrayBuffer> {
  const memory = new WebAssembly.Memory({ shared: true, initial: 1, maximum: 1 });
  sleeping ??= new Int32Array(memory.buffer as unknown as SharedArrayBuffer);
  return sleeping;
}
