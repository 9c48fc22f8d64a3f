import type { ServerSettings } from '../../schema/system.ts';
import type { Random } from '../random.ts';
import { distributionOf, type Distribution } from './distribution.ts';
import { livesOf, type Life } from './lifecycle.ts';
import { TimeHeap } from './time-heap.ts';
import { TimeQueue } from './time-queue.ts';

/** How a visit to a server ends, as the id of the fault that the gateway meets; `ok` when none. */
export type ServerFault =
  | 'ok'
  | 'app-503'
  | 'connect-refused'
  | 'connect-timeout'
  | 'rst-on-accept'
  | 'rst-after-request'
  | 'close-after-request'
  | 'read-timeout';

/** Why it ended so, in the server's own terms. */
export type ServerReason =
  'answered' | 'down' | 'starting' | 'draining' | 'queue-full' | 'process-died' | 'worker-killed' | 'too-slow';

/** One visit to a server. Times are ms since the request arrived there; the network adds its own. */
export interface Visit {
  readonly fault: ServerFault;
  readonly reason: ServerReason;
  /** Time in the queue, as far as somebody waited for it. */
  readonly waitMs: number;
  /** Time with a worker; what it would have been when the request did not live to see it. */
  readonly serviceMs: number;
  /** When the answer leaves the server, or the failure shows. */
  readonly endMs: number;
  /** When the work is done, even if nobody waits for it any more; null when it never is. */
  readonly workDoneMs: number | null;
  /** The server closes the connection after its answer. */
  readonly closes: boolean;
}

/** Visits that are announced for later and wait for their time. More are not remembered. */
const MAX_PLANNED = 65_536;

const refused = (fault: ServerFault, reason: ServerReason): Visit => ({
  fault,
  reason,
  waitMs: 0,
  serviceMs: 0,
  endMs: 0,
  workDoneMs: null,
  closes: true,
});

/**
 * A server with `workers` and one queue, first come first served. Because service times and the ends of the process are
 * known in advance, the whole fate of a request is known when it arrives.
 *
 * Slow-down takes the number of requests in the server at the arrival, not at the begin of service.
 */
export class Server {
  readonly #settings: ServerSettings;
  readonly #random: Random;
  readonly #service: Distribution;
  readonly #lives: readonly Life[];
  readonly #slow: (at: number) => number;
  /** When each busy worker is free again; a worker with more requests ahead stands with the last of them. */
  readonly #busy = new TimeHeap();
  /** When each waiting request leaves the queue. */
  readonly #leaving = new TimeQueue();
  /** Arrivals still to come that {@link forecast} promised. */
  readonly #planned = new TimeHeap();
  #plannedPatience = Infinity;
  #life = 0;
  #now = -Infinity;

  /** @param slow factor on the service that begins at a time, besides the server's own */
  constructor(settings: ServerSettings, random: Random, slow: (at: number) => number = () => 1) {
    this.#settings = settings;
    this.#random = random;
    this.#service = distributionOf(settings.service);
    this.#lives = livesOf(settings);
    const { slowSpans } = settings;
    this.#slow = slowSpans.length === 0 ? slow : (at) => slow(at) * spanFactor(slowSpans, at);
  }

  /**
   * A request arrives. `at` never falls from call to call (an earlier one counts as now).
   * @param patienceMs how long the other side waits for the answer
   */
  offer(at: number, patienceMs: number): Visit {
    this.advance(at);
    return this.#admit(this.#now, patienceMs, this.#service.sample(this.#random), true);
  }

  /**
   * A request will arrive at a time still to come, such as a retry after a timeout. It is judged by what is known now;
   * its load joins the queue when its time has come.
   */
  forecast(at: number, patienceMs: number): Visit {
    if (at <= this.#now) return this.offer(at, patienceMs);
    const sample = this.#service.sample(this.#random);
    this.#plannedPatience = patienceMs;
    if (this.#planned.size < MAX_PLANNED) this.#planned.push(at, sample);
    return this.#admit(at, patienceMs, sample, false);
  }

  /** Moves on to `at`. */
  advance(at: number): void {
    while (this.#planned.first <= at) {
      const due = this.#planned.first;
      const sample = this.#planned.firstTag;
      this.#planned.pop();
      this.#moveTo(due);
      this.#admit(due, this.#plannedPatience, sample, true);
    }
    this.#moveTo(at);
  }

  /** How long a request that arrives at `at` waits for a worker; null when it gets none. Call {@link advance} before. */
  waitAt(at: number): number | null {
    const life = this.lifeAt(at);
    if (!life || at < life.ready || at >= life.drainFrom) return null;
    const wait = Math.max(0, this.#startFor(life, at) - at);
    return wait > 0 && this.#leaving.countAfter(at) >= this.#settings.queue ? null : wait;
  }

  /** Requests that wait for a worker. Call {@link advance} before. */
  get waiting(): number {
    return this.#leaving.size;
  }

  /** Workers with something to do. Call {@link advance} before. */
  get busy(): number {
    return this.#busy.size;
  }

  /** The process that runs at `at`, past or future; null when none does. */
  lifeAt(at: number): Life | null {
    const lives = this.#lives;
    let index = Math.min(this.#life, lives.length - 1);
    while (index > 0 && at < (lives[index] as Life).from) index--;
    while (index < lives.length && at >= (lives[index] as Life).death) index++;
    const life = lives[index];
    return life && at >= life.from ? life : null;
  }

  #moveTo(at: number): void {
    if (at > this.#now) this.#now = at;
    const before = this.#life;
    while ((this.#lives[this.#life]?.death ?? Infinity) <= this.#now) this.#life++;
    if (this.#life !== before) {
      this.#busy.clear();
      this.#leaving.clear();
    }
    this.#busy.dropUntil(this.#now);
    this.#leaving.dropUntil(this.#now);
  }

  /** When a worker takes a request that arrives at `at`. */
  #startFor(life: Life, at: number): number {
    const earliest = Math.max(at, life.ready);
    const sameLife = life === this.#lives[this.#life];
    return sameLife && this.#busy.size >= this.#settings.workers ? Math.max(earliest, this.#busy.first) : earliest;
  }

  /** @param occupies takes its place in the queue; otherwise it is only judged */
  #admit(at: number, patienceMs: number, sample: number, occupies: boolean): Visit {
    const { queue, workers, startup, workerTimeout, abandoned } = this.#settings;
    const life = this.lifeAt(at);
    if (!life) return refused('connect-refused', 'down');
    if (at < life.ready && startup.until !== 'wait') {
      return refused(startup.until === '503' ? 'app-503' : 'connect-refused', 'starting');
    }
    if (at >= life.drainFrom && life.draining === 'refuse') return refused('connect-refused', 'draining');

    const start = this.#startFor(life, at);
    const waitMs = start - at;
    if (waitMs > 0 && (occupies ? this.#leaving.size : this.#leaving.countAfter(at)) >= queue) return this.#full();

    const service = sample * this.#factor(life, at, start);
    const givenUp = at + patienceMs;
    const begins = start < life.death && (abandoned === 'finish' || start < givenUp);
    const killed = workerTimeout !== undefined && service > workerTimeout;
    const leaves = killed ? start + workerTimeout : start + service;
    const free = Math.min(life.death, abandoned === 'stop' ? Math.min(leaves, Math.max(start, givenUp)) : leaves);
    if (occupies) {
      if (waitMs > 0) this.#leaving.push(Math.min(start, life.death));
      if (begins) {
        if (this.#busy.size < workers) this.#busy.push(free);
        else this.#busy.replaceFirst(free);
      }
    }

    const workDone = begins && !killed && free === leaves && leaves < life.death ? leaves - at : null;
    const end = Math.min(leaves, life.death, givenUp);
    const answered = leaves < life.death && leaves <= givenUp;
    let fault: ServerFault = 'ok';
    let reason: ServerReason = 'answered';
    if (answered && killed) [fault, reason] = ['close-after-request', 'worker-killed'];
    else if (!answered && givenUp < life.death) [fault, reason] = ['read-timeout', 'too-slow'];
    else if (!answered) [fault, reason] = ['rst-after-request', 'process-died'];
    return {
      fault,
      reason,
      waitMs: Math.min(start, end) - at,
      serviceMs: service,
      endMs: end - at,
      workDoneMs: workDone,
      closes: fault !== 'ok' || end >= life.drainFrom,
    };
  }

  #full(): Visit {
    switch (this.#settings.whenFull) {
      case 'refuse':
        return refused('connect-refused', 'queue-full');
      case 'reset':
        return refused('rst-on-accept', 'queue-full');
      case 'drop':
        return refused('connect-timeout', 'queue-full');
      case 'shed':
        return refused('app-503', 'queue-full');
    }
  }

  /** What the service is multiplied by. */
  #factor(life: Life, at: number, start: number): number {
    const { slowdown, startup } = this.#settings;
    let factor = this.#slow(start);
    if (start < life.warm) factor *= startup.coldFactor;
    if (slowdown) {
      // Before the process is ready, a worker that is promised to a waiting request counts as busy already.
      const inServer = 1 + this.#leaving.size + (at < life.ready ? 0 : this.#busy.size);
      factor *= Math.min(slowdown.max, 1 + slowdown.perRequest * Math.max(0, inServer - slowdown.above));
    }
    return factor;
  }
}

function spanFactor(spans: ServerSettings['slowSpans'], at: number): number {
  let product = 1;
  for (const { from, to, factor } of spans) if (at >= from && at < to) product *= factor;
  return product;
}
