import { sane, type Clock, type Timer } from './clock.ts';

/**
 * Real time, `speed` times as fast (10 turns a wait of 10 s into one of 1 s), which can be held. `host` are the platform's
 * own timers, which the reader's program never sees.
 */
export class RealClock implements Clock {
  readonly #speed: number;
  readonly #host: RealTimeHost;
  /** The host's time at which this clock would have shown 0, had it never been held; null while it is held. */
  #start: number | null;
  #heldAt = 0;
  #lastId = 0;
  readonly #timers = new Map<number, { readonly timer: Timer; hostTimer: number | null }>();

  constructor(host: RealTimeHost, speed = 1) {
    this.#host = host;
    this.#speed = speed;
    this.#start = host.now();
  }

  now(): number {
    return this.#start === null ? this.#heldAt : (this.#host.now() - this.#start) * this.#speed;
  }

  setTimer(callback: () => void, delayMs: number): number {
    const timer = { id: ++this.#lastId, due: this.now() + sane(delayMs), callback };
    this.#timers.set(timer.id, { timer, hostTimer: this.#start === null ? null : this.#wait(timer) });
    return timer.id;
  }

  clearTimer(timer: number): void {
    const known = this.#timers.get(timer);
    if (typeof known?.hostTimer === 'number') this.#host.clearTimeout(known.hostTimer);
    this.#timers.delete(timer);
  }

  /** Stops this clock, or lets it go on from where it stood. */
  hold(held: boolean): void {
    if (held === (this.#start === null)) return;
    const now = this.now();
    this.#heldAt = now;
    this.#start = held ? null : this.#host.now() - now / this.#speed;
    for (const known of this.#timers.values()) {
      if (known.hostTimer !== null) this.#host.clearTimeout(known.hostTimer);
      known.hostTimer = held ? null : this.#wait(known.timer);
    }
  }

  #wait({ due }: Timer): number {
    return this.#host.setTimeout(() => this.#fireUntil(due), Math.max(0, due - this.now()) / this.#speed);
  }

  /** Platforms round waits to whole milliseconds; of two timers, the one that is due first fires first all the same. */
  #fireUntil(latest: number): void {
    const due = [...this.#timers.values()].map(({ timer }) => timer).filter((timer) => timer.due <= latest);
    for (const { id, callback } of due.sort((a, b) => a.due - b.due)) {
      // A timer before it may have cleared it, or held the clock.
      if (this.#start === null || !this.#timers.has(id)) continue;
      this.clearTimer(id);
      callback();
    }
  }
}

export interface RealTimeHost {
  /** ms on a monotonic clock. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
}
