/** Milliseconds since the run began, and timers on that time line. The gateway, the reader's timers and the faults' delays share one. */
export interface Clock {
  /** ms since the run began. */
  now(): number;
  /** Calls `callback` once, `delayMs` from now (negative and NaN count as 0). */
  setTimer(callback: () => void, delayMs: number): number;
  clearTimer(timer: number): void;
}

export interface Timer {
  readonly id: number;
  readonly due: number;
  readonly callback: () => void;
}

/** Negative and NaN count as 0. */
export const sane = (delayMs: number): number => (delayMs > 0 ? delayMs : 0);

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
