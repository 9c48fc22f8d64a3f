/**
 * Work of the platform that takes real time and that the virtual clock therefore has to wait for: reading a Blob,
 * deriving a key. Streams such as `CompressionStream` cannot be followed and are not.
 */
export class Busy {
  #count = 0;

  /** Platform work that has not settled. */
  get count(): number {
    return this.#count;
  }

  /** Counts `work` until it settles. */
  readonly track = <T>(work: Promise<T>): Promise<T> => {
    this.#count += 1;
    const done = (): void => {
      this.#count -= 1;
    };
    work.then(done, done);
    return work;
  };
}
