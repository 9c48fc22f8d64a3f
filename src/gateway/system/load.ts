import type { Load } from '../../schema/load.ts';
import type { Header } from '../exchange.ts';
import { seededRandom, type Random } from '../random.ts';
import { distributionOf } from './distribution.ts';
import { LoadReport } from './load-report.ts';
import type { RequestFacts } from './offer.ts';
import { delayBefore, RetryBudget } from './retry-policy.ts';
import type { UpstreamSystem } from './system.ts';
import { TimeHeap } from './time-heap.ts';

export interface LoadOptions {
  readonly system: Pick<UpstreamSystem, 'offer'>;
  readonly load: Load;
  readonly seed: number;
  /** Factor on the arrival rate, such as that of a chapter, and when it changes next. */
  readonly factor?: { readonly loadAt: (at: number) => number; readonly changeAfter: (at: number) => number };
  /** Attempts after which the run is cut off. */
  readonly maxAttempts?: number;
}

/** Drives a system with clients and their retries. Work grows with the attempts, memory with the requests in progress. */
export function runLoad(options: LoadOptions): LoadReport {
  const run = new LoadRun(options);
  run.advance(Infinity);
  return run.report;
}

/** Closed-loop clients make at most this many requests a second, so that a server that costs no time ends, too. */
const MIN_CYCLE_MS = 1;

const EVENT = { begins: 0, fails: 1, retries: 2 } as const;

/** A load that moves on when it is told to, so that it can keep a system busy between the requests of somebody else. */
export class LoadRun {
  readonly report: LoadReport;
  readonly #system: LoadOptions['system'];
  readonly #load: Load;
  readonly #factor: LoadOptions['factor'];
  readonly #maxAttempts: number;
  readonly #arrivals: Random;
  readonly #pauses: Random;
  readonly #think: () => number;
  readonly #budget: RetryBudget | null;
  readonly #facts: RequestFacts;
  /** When the next request of an open load comes. */
  #arrival: number;
  /** What is to come: the tag is a request's slot times 4, plus what happens to it. */
  readonly #events = new TimeHeap();
  readonly #requests: Request[] = [];
  readonly #free: number[] = [];

  constructor({ system, load, seed, factor, maxAttempts = 5_000_000 }: LoadOptions) {
    this.#system = system;
    this.#load = load;
    this.#factor = factor;
    this.#maxAttempts = maxAttempts;
    this.#arrivals = seededRandom(seed + 1);
    this.#pauses = seededRandom(seed + 2);
    const thinking = seededRandom(seed + 3);
    const think = load.closed ? distributionOf(load.closed.think) : null;
    this.#think = () => think?.sample(thinking) ?? 0;
    this.#budget = load.retry.budget ? new RetryBudget(load.retry.budget) : null;
    this.#facts =
      load.patience === undefined ? { method: load.method } : { method: load.method, patienceMs: load.patience };
    this.report = new LoadReport(load.duration);
    this.#arrival = load.open ? this.#nextArrival(0) : Infinity;
    for (let client = load.closed?.clients ?? 0; client > 0; client--) {
      this.#events.push(this.#think(), 4 * this.#slot() + EVENT.begins);
    }
  }

  /** Does everything that is due until `until`, ms since the run began; Infinity for all there is. */
  advance(until: number): void {
    for (;;) {
      const arrival = this.#arrival;
      const event = this.#events.first;
      const next = Math.min(arrival, event);
      if (next > until || next === Infinity) return;
      if (arrival <= event) {
        this.#begin(this.#slot(), arrival);
        this.#arrival = this.#nextArrival(arrival);
      } else {
        const tag = this.#events.firstTag;
        this.#events.pop();
        this.#happens(tag % 4, Math.floor(tag / 4), event);
      }
    }
  }

  #happens(what: number, slot: number, at: number): void {
    if (what === EVENT.begins) {
      if (at < this.#load.duration && !this.report.cutOff) this.#begin(slot, at);
    } else if (what === EVENT.fails) {
      this.#failed(slot, at);
    } else {
      this.#send(slot, at);
    }
  }

  #begin(slot: number, at: number): void {
    const request = this.#requests[slot];
    if (!request) return;
    request.begunAt = at;
    request.attempts = 0;
    this.#budget?.deposit();
    this.report.count('offered', at);
    this.#send(slot, at);
  }

  #send(slot: number, at: number): void {
    const request = this.#requests[slot];
    if (!request) return;
    const report = this.report;
    if (request.attempts++ > 0) report.count('retried', at);
    report.count('attempts', at);
    if (report.total.attempts >= this.#maxAttempts) report.cutOff = true;
    const { fault, endMs, headers } = this.#system.offer(this.#facts, at);
    report.met(fault);
    const end = at + endMs;
    if (fault === 'ok') {
      report.count('succeeded', end);
      report.latency.add(end - request.begunAt);
      this.#release(slot, end);
    } else {
      request.headers = headers;
      this.#events.push(end, 4 * slot + EVENT.fails);
    }
  }

  #failed(slot: number, at: number): void {
    const request = this.#requests[slot];
    if (!request) return;
    const { retry } = this.#load;
    const mayRetry = request.attempts <= retry.retries && !this.report.cutOff && (this.#budget?.withdraw() ?? true);
    if (mayRetry) {
      const delay = delayBefore(retry, request.attempts, request.headers, this.#pauses);
      this.#events.push(at + delay, 4 * slot + EVENT.retries);
    } else {
      this.report.count('failed', at);
      this.#release(slot, at);
    }
  }

  /** The request is over: its client thinks, or was there for one request only. */
  #release(slot: number, at: number): void {
    if (!this.#load.closed) this.#free.push(slot);
    else this.#events.push(at + Math.max(MIN_CYCLE_MS, this.#think()), 4 * slot + EVENT.begins);
  }

  #slot(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    this.#requests.push({ begunAt: 0, attempts: 0, headers: [] });
    return this.#requests.length - 1;
  }

  /**
   * The next arrival of a Poisson process whose rate changes in steps. The exponential distribution has no memory, so at
   * each step the wait is drawn anew.
   */
  #nextArrival(after: number): number {
    const { duration } = this.#load;
    let at = after;
    while (at < duration && !this.report.cutOff) {
      const perMs = this.#rateAt(at) / 1000;
      const until = Math.min(duration, this.#rateChangeAfter(at));
      const next = perMs > 0 ? at - Math.log(1 - this.#arrivals()) / perMs : Infinity;
      if (next < until) return next;
      at = until;
    }
    return Infinity;
  }

  #rateAt(at: number): number {
    const { open } = this.#load;
    if (!open) return 0;
    let { perSecond } = open;
    for (const change of open.changes) if (change.at <= at) perSecond = change.perSecond;
    return perSecond * (this.#factor?.loadAt(at) ?? 1);
  }

  #rateChangeAfter(at: number): number {
    const own = this.#load.open?.changes.find((change) => change.at > at)?.at ?? Infinity;
    return Math.min(own, this.#factor?.changeAfter(at) ?? Infinity);
  }
}

interface Request {
  begunAt: number;
  attempts: number;
  /** Of the last answer. */
  headers: readonly Header[];
}
