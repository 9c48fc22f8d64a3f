/** A queue of times (ms) that never fall: the moments at which waiting requests begin. A ring that grows by doubling. */
export class TimeQueue {
  #ring = new Float64Array(16);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#head = 0;
    this.#size = 0;
  }

  /** Adds a time that is not earlier than the last one. */
  push(time: number): void {
    if (this.#size === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.#size++) & (this.#ring.length - 1)] = time;
  }

  /** Removes every time up to and including `now`. */
  dropUntil(now: number): void {
    const mask = this.#ring.length - 1;
    while (this.#size > 0 && (this.#ring[this.#head] as number) <= now) {
      this.#head = (this.#head + 1) & mask;
      this.#size--;
    }
  }

  /** How many of the times are later than `now`. */
  countAfter(now: number): number {
    const mask = this.#ring.length - 1;
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ring[(this.#head + middle) & mask] as number) <= now) low = middle + 1;
      else high = middle;
    }
    return this.#size - low;
  }

  #grow(): void {
    const old = this.#ring;
    const ring = new Float64Array(2 * old.length);
    for (let index = 0; index < this.#size; index++)
      ring[index] = old[(this.#head + index) & (old.length - 1)] as number;
    this.#ring = ring;
    this.#head = 0;
  }
}
