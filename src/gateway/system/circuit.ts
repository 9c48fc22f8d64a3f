import type { CircuitSettings } from '../../schema/system.ts';
import { TimeHeap } from './time-heap.ts';
import { TimeQueue } from './time-queue.ts';

/**
 * Envoy's circuit breaker for HTTP/1.1: every request in progress holds a connection; when all are taken, requests wait in
 * line at the gateway; when the line is full, the gateway answers at once. Source: Envoy's documentation, Circuit breaking.
 */
export class CircuitBreaker {
  readonly #settings: CircuitSettings;
  /** When each connection in use is free again. */
  readonly #inUse = new TimeHeap();
  /** When each waiting request gets its connection. */
  readonly #leaving = new TimeQueue();
  /** When each retry in progress ends. */
  readonly #retries = new TimeHeap();

  constructor(settings: CircuitSettings) {
    this.#settings = settings;
  }

  /** Requests that wait for a connection, as of the last {@link connectionAt}. */
  get pending(): number {
    return this.#leaving.size;
  }

  /** When a request that arrives at `at` gets a connection; null when the circuit is open. Call {@link used} for each. */
  connectionAt(at: number): number | null {
    this.#inUse.dropUntil(at);
    this.#leaving.dropUntil(at);
    if (this.#inUse.size < this.#settings.connections) return at;
    if (this.#leaving.size >= this.#settings.pending) return null;
    return this.#inUse.first;
  }

  /** The request that {@link connectionAt} gave a connection at `from` gives it back at `until`. */
  used(at: number, from: number, until: number): void {
    if (from > at) {
      this.#leaving.push(from);
      this.#inUse.replaceFirst(Math.max(from, until));
    } else {
      this.#inUse.push(until);
    }
  }

  /** The request that waited left the line before its turn; its place in the line is kept until then. */
  left(from: number): void {
    this.#leaving.push(from);
  }

  /** True when one more retry may be in progress. */
  mayRetry(at: number): boolean {
    this.#retries.dropUntil(at);
    return this.#retries.size < this.#settings.retries;
  }

  retried(until: number): void {
    this.#retries.push(until);
  }
}
