import type { SystemFault } from './offer.ts';

/** One second of a run. A request that succeeds at its third attempt counts once as offered and succeeded, twice as retried. */
export interface LoadSecond {
  /** Requests that clients began. */
  offered: number;
  /** Attempts sent, retries among them. */
  attempts: number;
  retried: number;
  /** Requests that ended well, in the second of their end. */
  succeeded: number;
  /** Requests that their client gave up on. */
  failed: number;
}

/** Steps of two per cent from a microsecond on; the last bucket takes everything above 10^10 ms. */
const BUCKETS = 1500;
const STEP = Math.log(1.02);
const SMALLEST = 1e-3;

/** Times in buckets that grow with the time, so that percentiles are right to two per cent in a few kB. */
class LatencyHistogram {
  readonly #counts = new Float64Array(BUCKETS);
  #total = 0;
  #sum = 0;
  #max = 0;

  add(ms: number): void {
    const bucket = ms <= SMALLEST ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / SMALLEST) / STEP));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total++;
    this.#sum += ms;
    if (ms > this.#max) this.#max = ms;
  }

  get count(): number {
    return this.#total;
  }

  /** ms; NaN without any. */
  get mean(): number {
    return this.#sum / this.#total;
  }

  /** ms; 0 without any. */
  get max(): number {
    return this.#max;
  }

  /** The time that a share of all stay below, ms; NaN without any. */
  percentile(share: number): number {
    if (this.#total === 0) return NaN;
    let left = Math.max(1, Math.ceil(share * this.#total));
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(this.#max, SMALLEST * Math.exp(bucket * STEP));
    }
    return this.#max;
  }
}

/** What a load did to a system. */
export class LoadReport {
  /** One entry a second; the last one takes what ends after the load has stopped. */
  readonly seconds: readonly LoadSecond[];
  readonly total: LoadSecond = none();
  /** Attempts by what they met. */
  readonly faults = new Map<SystemFault, number>();
  /** From a request's first attempt to its good end, retries and pauses included. */
  readonly latency = new LatencyHistogram();
  /** The run was stopped because it made too many attempts. */
  cutOff = false;

  constructor(durationMs: number) {
    this.seconds = Array.from({ length: Math.ceil(durationMs / 1000) + 1 }, none);
  }

  count(what: keyof LoadSecond, at: number): void {
    const second = this.seconds[Math.min(this.seconds.length - 1, Math.floor(at / 1000))];
    if (second) second[what]++;
    this.total[what]++;
  }

  met(fault: SystemFault): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }
}

const none = (): LoadSecond => ({ offered: 0, attempts: 0, retried: 0, succeeded: 0, failed: 0 });
