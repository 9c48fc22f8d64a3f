import type { SystemSettings } from '../../schema/system.ts';
import type { Header } from '../exchange.ts';
import { seededRandom } from '../random.ts';
import { attemptAt, type Line } from './attempt.ts';
import { Balancer } from './balancer.ts';
import { CircuitBreaker } from './circuit.ts';
import { ConnectionPool } from './keep-alive.ts';
import { quotaHeaders, retryAfter } from './limit-headers.ts';
import type { Attempt, Offer, RequestFacts, SystemFault, SystemReason } from './offer.ts';
import { RateLimiter } from './rate-limit.ts';
import { mayTryNext } from './retry-rule.ts';
import { Server } from './server.ts';
import { TimeHeap } from './time-heap.ts';

export interface SystemOptions {
  readonly settings: SystemSettings;
  /** The gateway's timers, ms. */
  readonly timeouts: { readonly connectMs: number; readonly readMs: number };
  /** Delay between gateway and servers, one way, ms. */
  readonly oneWayMs?: number;
  readonly seed: number;
  /** Factor on every service that begins at a time, such as that of a chapter. */
  readonly slow?: (at: number) => number;
}

/** Requests in progress that the gateway keeps count of; beyond that it learns nothing from their ends. */
const MAX_TRACKED = 1 << 20;

const NO_HEADERS: readonly Header[] = [];
const NO_ATTEMPTS: readonly Attempt[] = [];

/** Servers, and everything that stands between them and the gateway's request. */
export class UpstreamSystem {
  readonly servers: readonly Server[];
  readonly settings: SystemSettings;
  readonly #lines: readonly Line[];
  readonly #balancer: Balancer;
  readonly #circuit: CircuitBreaker | null;
  readonly #limiter: RateLimiter | null;
  readonly #oneWayMs: number;
  /** Requests in progress by their end; the tag says which server and what it was. */
  readonly #open = new TimeHeap();
  readonly #tracks: boolean;
  #now = 0;
  #turn = 0;

  constructor({ settings, timeouts, oneWayMs = 0, seed, slow }: SystemOptions) {
    const stream = (index: number) => seededRandom(seed + 1_000_003 * index);
    this.settings = settings;
    this.#oneWayMs = oneWayMs;
    this.servers = settings.servers.map((server, index) => new Server(server, stream(index + 1), slow));
    const { pool } = settings;
    this.#lines = this.servers.map((server, index) => {
      const keepAlive = settings.servers[index]?.keepAlive;
      const connections = pool && keepAlive ? new ConnectionPool(pool, keepAlive, oneWayMs) : null;
      return { index, server, pool: connections, oneWayMs, timeouts };
    });
    this.#balancer = new Balancer(settings, this.servers, stream(0));
    this.#circuit = settings.circuit ? new CircuitBreaker(settings.circuit) : null;
    this.#limiter = settings.rateLimit ? new RateLimiter(settings.rateLimit) : null;
    this.#tracks = this.servers.length > 1 || pool !== undefined || settings.outlier !== undefined;
  }

  /** Requests in progress at each server and those waiting in its queue, as of the last {@link offer}. */
  get load(): readonly { readonly open: number; readonly busy: number; readonly waiting: number }[] {
    for (const server of this.servers) server.advance(this.#now);
    return this.servers.map(({ busy, waiting }, index) => ({ open: this.#balancer.openAt(index), busy, waiting }));
  }

  /**
   * The gateway has a request, `at` ms after the run began. Its whole fate is decided at once. Times never fall from call
   * to call; an earlier one counts as now.
   */
  offer(facts: RequestFacts, at: number): Offer {
    if (at > this.#now) this.#now = at;
    const now = this.#now;
    const closed = this.#maintenance(now);
    if (closed) return closed;
    const limit = this.settings.rateLimit;
    const quota = limit && this.#limiter ? this.#limiter.take(clientOf(facts, limit.by), now) : null;
    const headers = limit && quota ? quotaHeaders(limit, quota, now) : NO_HEADERS;
    if (limit && quota && !quota.allowed) {
      const wait = retryAfter(limit.retryAfter, quota.waitMs, now, this.#turn++);
      return this.#atOnce(limit.status === 429 ? 'app-429' : 'app-503', 'rate-limited', [...wait, ...headers]);
    }

    const patience = Math.max(0, facts.patienceMs ?? Infinity);
    const from = this.#circuit ? this.#circuit.connectionAt(now) : now;
    if (from === null) return ended(NO_ATTEMPTS, 'all-down', 'circuit-open', 0, 0, NO_HEADERS);
    const pendingMs = from - now;
    if (pendingMs > patience) {
      this.#circuit?.left(from);
      return ended(NO_ATTEMPTS, 'client-closes-early', 'client-left', patience, patience, NO_HEADERS);
    }
    this.#settle(from);
    const attempts = this.#tryServers(facts.method, from, pendingMs, patience);
    const last = attempts.at(-1);
    this.#circuit?.used(now, from, now + (last?.endMs ?? pendingMs));
    if (!last) return ended(NO_ATTEMPTS, 'all-down', 'none-healthy', pendingMs, pendingMs, NO_HEADERS);
    return ended(attempts, last.fault, last.reason, pendingMs, last.endMs, this.#answerHeaders(last, headers));
  }

  /** Tries servers until one answers or the rules say to stop. */
  #tryServers(method: string, from: number, pendingMs: number, patience: number): readonly Attempt[] {
    const { retries } = this.settings.balancer;
    const attempts: Attempt[] = [];
    const tried: number[] = [];
    let startedMs = pendingMs;
    for (;;) {
      const at = from - pendingMs + startedMs;
      const later = at > from;
      const chosen = this.#balancer.choose(at, tried);
      const line = chosen === null ? undefined : this.#lines[chosen];
      if (!line) return attempts;
      const attempt = attemptAt(line, { method, at, startedMs, patienceMs: patience - startedMs, later });
      attempts.push(attempt);
      this.#track(line, attempt, from - pendingMs, later);
      const { fault, endMs } = attempt;
      if (attempts.length > 1) this.#circuit?.retried(from - pendingMs + endMs);
      const goesOn =
        fault !== 'ok' &&
        attempts.length < (retries.tries ?? Infinity) &&
        endMs - pendingMs < (retries.within ?? Infinity) &&
        mayTryNext(retries, fault, method) &&
        (this.#circuit?.mayRetry(from) ?? true);
      if (!goesOn) return attempts;
      tried.push(line.index);
      startedMs = endMs;
    }
  }

  /** Remembers the end of an attempt, so that balancer and pool learn of it in its time. */
  #track({ index, pool }: Line, attempt: Attempt, arrived: number, later: boolean): void {
    if (!this.#tracks || this.#open.size >= MAX_TRACKED) return;
    const { fault, reason, startedMs, endMs, closes } = attempt;
    const { retries } = this.settings.balancer;
    const answered = fault === 'ok' || fault === 'app-503';
    const failed = fault === 'app-503' ? retries.on.includes('http-503') : !answered && reason !== 'client-left';
    const keeps = pool !== null && !closes;
    const flags = (failed ? FAILED : 0) + (fault === 'app-503' ? UNAVAILABLE : 0) + (keeps ? KEEPS : 0);
    const carried = 1 + (attempt.reused ? (pool?.lastCarried ?? 0) : 0);
    if (later) this.#open.push(arrived + startedMs, index + 64 * BEGINS);
    else this.#balancer.began(index);
    this.#open.push(arrived + endMs, index + 64 * (flags + 16 * (keeps ? carried : 0)));
  }

  /** Lets balancer and pools learn of everything that ended until `at`. */
  #settle(at: number): void {
    while (this.#open.first <= at) {
      const end = this.#open.first;
      const tag = this.#open.firstTag;
      this.#open.pop();
      const index = tag % 64;
      const flags = Math.floor(tag / 64) % 16;
      this.#balancer.advance(end);
      if ((flags & BEGINS) > 0) this.#balancer.began(index);
      else this.#balancer.ended(index, end, (flags & FAILED) > 0, (flags & (FAILED | UNAVAILABLE)) > 0);
      if ((flags & KEEPS) > 0) this.#keep(index, end, Math.floor(tag / 1024));
    }
    this.#balancer.advance(at);
  }

  #keep(index: number, at: number, carried: number): void {
    const line = this.#lines[index];
    const life = line?.server.lifeAt(at - this.#oneWayMs);
    if (life) line?.pool?.put(at, carried, life);
  }

  #answerHeaders({ fault, server }: Attempt, headers: readonly Header[]): readonly Header[] {
    if (fault === 'ok') return headers;
    const wait = this.settings.servers[server]?.retryAfter;
    if (fault !== 'app-503') return NO_HEADERS;
    return wait === undefined ? headers : [...retryAfter('seconds', wait, this.#now), ...headers];
  }

  #maintenance(now: number): Offer | null {
    for (const { from, to, retryAfter: form } of this.settings.maintenance) {
      if (now < from || now >= to) continue;
      return this.#atOnce('app-503', 'maintenance', retryAfter(form, to - now, now, this.#turn++));
    }
    return null;
  }

  /** An answer that costs the application nothing: two round trips, one to connect. */
  #atOnce(fault: SystemFault, reason: SystemReason, headers: readonly Header[]): Offer {
    return ended(NO_ATTEMPTS, fault, reason, 0, 4 * this.#oneWayMs, headers);
  }
}

const FAILED = 1;
const UNAVAILABLE = 2;
const KEEPS = 4;
const BEGINS = 8;

const ended = (
  attempts: readonly Attempt[],
  fault: SystemFault,
  reason: SystemReason,
  pendingMs: number,
  endMs: number,
  headers: readonly Header[],
): Offer => ({ fault, reason, attempts, pendingMs, endMs, headers });

/** The value of the header that tells clients apart; all without it are one client. */
function clientOf({ headers }: RequestFacts, by: string | undefined): string {
  if (by === undefined) return '';
  const name = by.toLowerCase();
  return headers?.find((header) => header[0].toLowerCase() === name)?.[1] ?? '';
}
