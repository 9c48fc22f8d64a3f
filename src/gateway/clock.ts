/** Milliseconds since the run began, and timers on that time line. The gateway, the reader's timers and the faults' delays share one. */
export interface Clock {
  /** ms since the run began. */
  now(): number;
  /** Calls `callback` once, `delayMs` from now (negative and NaN count as 0). */
  setTimer(callback: () => void, delayMs: number): number;
  clearTimer(timer: number): void;
}

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly callback: () => void;
}

const sane = (delayMs: number): number => (delayMs > 0 ? delayMs : 0);

/**
 * A clock that stands still until it is told to jump to the next timer. Whoever drives it does so when nothing real is
 * pending, so a 60 s back-off costs no waiting and every run of the same program sees the same times.
 * Timers that are due together fire in the order they were set.
 */
export class VirtualClock implements Clock {
  #now = 0;
  #nextId = 1;
  /** Binary heap by (due, id). */
  readonly #heap: Timer[] = [];
  /** Ids that are still to fire; a cleared timer leaves the heap when it comes to the top. */
  readonly #live = new Set<number>();

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMs: number): number {
    const timer = { id: this.#nextId++, due: this.#now + sane(delayMs), callback };
    this.#live.add(timer.id);
    this.#push(timer);
    return timer.id;
  }

  clearTimer(timer: number): void {
    this.#live.delete(timer);
  }

  /** Timers that are still to fire. */
  get pending(): number {
    return this.#live.size;
  }

  /** ms since the run began at which the next timer fires; null when there is none. */
  get nextDue(): number | null {
    this.#dropCleared();
    return this.#heap[0]?.due ?? null;
  }

  /** Jumps to the next timer and fires it. False when there is none. An error of the callback is thrown on. */
  fireNext(): boolean {
    this.#dropCleared();
    const timer = this.#pop();
    if (!timer) return false;
    this.#live.delete(timer.id);
    this.#now = Math.max(this.#now, timer.due);
    timer.callback();
    return true;
  }

  #dropCleared(): void {
    for (let top = this.#heap[0]; top && !this.#live.has(top.id); top = this.#heap[0]) this.#pop();
  }

  /** True when the timer at `index` fires before the one at `other`. */
  #before(index: number, other: number): boolean {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    return a !== undefined && b !== undefined && (a.due < b.due || (a.due === b.due && a.id < b.id));
  }

  #swap(index: number, other: number): void {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[index] = b;
    this.#heap[other] = a;
  }

  #push(timer: Timer): void {
    let child = this.#heap.push(timer) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#before(parent, child)) break;
      this.#swap(parent, child);
      child = parent;
    }
  }

  #pop(): Timer | undefined {
    this.#swap(0, this.#heap.length - 1);
    const top = this.#heap.pop();
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const child = this.#before(left + 1, left) ? left + 1 : left;
      if (!this.#before(child, parent)) return top;
      this.#swap(parent, child);
      parent = child;
    }
  }
}

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

  #wait({ id, due, callback }: Timer): number {
    const fire = (): void => {
      this.#timers.delete(id);
      callback();
    };
    return this.#host.setTimeout(fire, Math.max(0, due - this.now()) / this.#speed);
  }
}

export interface RealTimeHost {
  /** ms on a monotonic clock. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
}
