import type { Pace as PaceOrder } from './protocol.ts';

/** What the run's pace is told and asks. */
export interface PaceOptions {
  /** The pace stands or moves from now on. Called only when that changes. */
  readonly onHeld: (held: boolean) => void;
}

/**
 * Whether a run may go on. A step lets it go on until the next request leaves or the next exchange is over; the program's
 * own work at that moment is done to its end, only time stands.
 */
export class Pace {
  #held = false;
  /** Steps that are left to take. */
  #steps: number;
  #wake: (() => void) | null = null;
  readonly #onHeld: (held: boolean) => void;

  /** @param stepwise whether the run begins with a step */
  constructor(stepwise: boolean, { onHeld }: PaceOptions) {
    this.#steps = stepwise ? 1 : 0;
    this.#onHeld = onHeld;
  }

  /** Time stands. */
  get held(): boolean {
    return this.#held;
  }

  /** The page's wish. */
  order(pace: PaceOrder): void {
    this.#steps = pace === 'step' ? this.#steps + 1 : 0;
    this.#hold(pace === 'pause');
  }

  /** A request left or an exchange is over: a step ends here. */
  passed(): void {
    if (this.#steps === 0) return;
    this.#steps -= 1;
    if (this.#steps === 0) this.#hold(true);
  }

  /** Resolves when the run may go on. */
  async released(): Promise<void> {
    while (this.#held) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #hold(held: boolean): void {
    if (held !== this.#held) {
      this.#held = held;
      this.#onHeld(held);
    }
    if (held) return;
    this.#wake?.();
    this.#wake = null;
  }
}
