/** A min-heap of times (ms), each with a number that belongs to it. Typed arrays: 10^6 turns a second need no garbage. */
export class TimeHeap {
  #times: Float64Array;
  #tags: Float64Array;
  #size = 0;

  constructor(capacity = 16) {
    this.#times = new Float64Array(capacity);
    this.#tags = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The earliest time; Infinity when the heap is empty. */
  get first(): number {
    return this.#size > 0 ? (this.#times[0] as number) : Infinity;
  }

  /** The number that belongs to the earliest time; NaN when the heap is empty. */
  get firstTag(): number {
    return this.#size > 0 ? (this.#tags[0] as number) : NaN;
  }

  clear(): void {
    this.#size = 0;
  }

  push(time: number, tag = 0): void {
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = times[parent] as number;
      if (above <= time) break;
      times[hole] = above;
      this.#tags[hole] = this.#tags[parent] as number;
      hole = parent;
    }
    times[hole] = time;
    this.#tags[hole] = tag;
  }

  /** Removes the earliest time; does nothing when the heap is empty. */
  pop(): void {
    if (this.#size === 0) return;
    const last = --this.#size;
    if (last > 0) this.#sink(this.#times[last] as number, this.#tags[last] as number);
  }

  /** Removes the earliest time and adds another one, in one go. */
  replaceFirst(time: number, tag = 0): void {
    if (this.#size === 0) this.push(time, tag);
    else this.#sink(time, tag);
  }

  /** Removes every time up to and including `now`. */
  dropUntil(now: number): void {
    while (this.#size > 0 && (this.#times[0] as number) <= now) this.pop();
  }

  #sink(time: number, tag: number): void {
    const times = this.#times;
    const tags = this.#tags;
    const size = this.#size;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && (times[child + 1] as number) < (times[child] as number)) child++;
      const below = times[child] as number;
      if (below >= time) break;
      times[hole] = below;
      tags[hole] = tags[child] as number;
      hole = child;
    }
    times[hole] = time;
    tags[hole] = tag;
  }

  #grow(): void {
    const times = new Float64Array(2 * this.#times.length);
    const tags = new Float64Array(2 * this.#tags.length);
    times.set(this.#times);
    tags.set(this.#tags);
    this.#times = times;
    this.#tags = tags;
  }
}
