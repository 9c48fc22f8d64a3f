/**
 * Decompression of DEFLATE data (RFC 1951) in one call and without waiting, so that simulated time stands still
 * meanwhile. The platform's `DecompressionStream` needs real time under Node, and it refuses what browsers let pass in a
 * response: a stream that is cut, a wrong checksum, bytes after the end.
 */

export interface Inflated {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `more`: the data end before the stream does. `bad`: this is no DEFLATE data; `bytes` holds what came before. */
  readonly state: 'end' | 'more' | 'bad';
}

/** More than any page of a lesson; a bomb ends here. */
const MAX_BYTES = 16 * 1024 * 1024;

/** @param data what has arrived; @param start where the stream begins in it */
export function inflate(data: Uint8Array, start = 0): Inflated {
  const inflater = new Inflater(data, start);
  try {
    inflater.run();
    return { bytes: inflater.bytes(), state: 'end' };
  } catch (problem) {
    if (problem !== MORE && problem !== BAD) throw problem;
    return { bytes: inflater.bytes(), state: problem === MORE ? 'more' : 'bad' };
  }
}

const MORE = new Error('The data end before the stream does.');
const BAD = new Error('This is no DEFLATE data.');

interface Codes {
  /** How many codes have each length. */
  readonly counts: readonly number[];
  /** Symbols in the order of their codes. */
  readonly symbols: readonly number[];
  /** Some sequences of bits are no code. */
  readonly incomplete: boolean;
}

class Inflater {
  readonly #data: Uint8Array;
  #position: number;
  #bits = 0;
  #bitCount = 0;
  #out = new Uint8Array(1024);
  #length = 0;

  constructor(data: Uint8Array, start: number) {
    this.#data = data;
    this.#position = start;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#out.slice(0, this.#length);
  }

  run(): void {
    for (let last = 0; last === 0;) {
      last = this.#take(1);
      const kind = this.#take(2);
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#block(FIXED_LENGTHS, FIXED_DISTANCES);
      else if (kind === 2) this.#block(...this.#dynamicCodes());
      else throw BAD;
    }
  }

  #byte(): number {
    const byte = this.#data[this.#position];
    if (byte === undefined) throw MORE;
    this.#position += 1;
    return byte;
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      this.#bits |= this.#byte() << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  #put(byte: number): void {
    if (this.#length === MAX_BYTES) throw BAD;
    if (this.#length === this.#out.length) {
      const larger = new Uint8Array(this.#out.length * 2);
      larger.set(this.#out);
      this.#out = larger;
    }
    this.#out[this.#length] = byte;
    this.#length += 1;
  }

  #stored(): void {
    this.#bits = 0;
    this.#bitCount = 0;
    const length = this.#byte() | (this.#byte() << 8);
    const complement = this.#byte() | (this.#byte() << 8);
    if ((length ^ complement) !== 0xffff) throw BAD;
    for (let count = 0; count < length; count++) this.#put(this.#byte());
  }

  /** Reads one symbol, bit by bit: codes of one length are consecutive numbers. */
  #symbol({ counts, symbols }: Codes): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; index < symbols.length; length++) {
      code |= this.#take(1);
      const count = counts[length] ?? 0;
      if (code - first < count) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw BAD;
  }

  #block(lengths: Codes, distances: Codes): void {
    for (;;) {
      const symbol = this.#symbol(lengths);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.#put(symbol);
        continue;
      }
      const length = this.#within(LENGTHS[symbol - 257]);
      const distance = this.#within(DISTANCES[this.#symbol(distances)]);
      if (distance > this.#length) throw BAD;
      for (let count = 0; count < length; count++) this.#put(this.#out[this.#length - distance] ?? 0);
    }
  }

  /** A number out of a range of numbers, by the bits that follow. */
  #within(range: Range | undefined): number {
    if (!range) throw BAD;
    return range[0] + this.#take(range[1]);
  }

  #dynamicCodes(): readonly [Codes, Codes] {
    const lengthCount = this.#take(5) + 257;
    const distanceCount = this.#take(5) + 1;
    const orderCount = this.#take(4) + 4;
    if (lengthCount > 286 || distanceCount > 30) throw BAD;
    const ofLengths = Array.from({ length: 19 }, () => 0);
    for (const symbol of ORDER.slice(0, orderCount)) ofLengths[symbol] = this.#take(3);
    const codes = codesOf(ofLengths);
    if (codes.incomplete) throw BAD;
    const lengths: number[] = [];
    while (lengths.length < lengthCount + distanceCount) {
      const symbol = this.#symbol(codes);
      if (symbol < 16) {
        lengths.push(symbol);
        continue;
      }
      const last = lengths.at(-1);
      if (symbol === 16 && last === undefined) throw BAD;
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      for (let count = 0; count < times; count++) lengths.push(symbol === 16 ? (last ?? 0) : 0);
    }
    // Every block has an end.
    if (lengths.length > lengthCount + distanceCount || lengths[256] === 0) throw BAD;
    const both = [codesOf(lengths.slice(0, lengthCount)), codesOf(lengths.slice(lengthCount))] as const;
    // A single code may be one bit long, though the other bit is none then.
    if (both.some(({ incomplete, symbols, counts }) => incomplete && symbols.length !== counts[1])) throw BAD;
    return both;
  }
}

/** Codes out of their lengths (RFC 1951 §3.2.2). */
function codesOf(lengths: readonly number[]): Codes {
  const counts = Array.from({ length: 16 }, () => 0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  let room = 1;
  for (let length = 1; length < 16; length++) {
    room = (room << 1) - (counts[length] ?? 0);
    if (room < 0) throw BAD;
  }
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol)
    .map(({ symbol }) => symbol);
  return { counts, symbols, incomplete: room > 0 };
}

type Range = readonly [first: number, bits: number];

/** The order in which a block tells the lengths of the codes for code lengths. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Smallest value and number of extra bits for each symbol. @param group symbols with the same number of extra bits */
function ranges(first: number, count: number, group: number): Range[] {
  let base = first;
  return Array.from({ length: count }, (_, symbol) => {
    const extra = Math.max(0, Math.floor(symbol / group) - 1);
    const range = [base, extra] as const;
    base += 1 << extra;
    return range;
  });
}

/** Symbol 285 is the length 258 and nothing else. */
const LENGTHS = [...ranges(3, 28, 4), [258, 0] as const];
const DISTANCES = ranges(1, 30, 2);

const FIXED_LENGTHS = codesOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = codesOf(Array.from({ length: 32 }, () => 5));
