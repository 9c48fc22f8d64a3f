import type { PoolSettings, ServerSettings } from '../../schema/system.ts';
import type { Life } from './lifecycle.ts';

/** What the gateway finds when it wants to reuse a connection: none, a good one, or one that the server is closing. */
export type Reuse = 'none' | 'reused' | 'race';

/**
 * The idle connections to one server. Two timers decide over each of them, the gateway's and the server's, and the
 * server's is seen one way through the network later. In between the gateway sends a request on a connection that the
 * server has closed: the race.
 *
 *     server:   answer ─────────── keep-alive timeout ──────────▶ FIN
 *     gateway:        └ idle since                    danger ├─────────┤ FIN seen
 *
 * The connection that was used last is used first, as nginx does.
 */
export class ConnectionPool {
  readonly #gateway: PoolSettings;
  readonly #server: ServerSettings['keepAlive'];
  readonly #oneWayMs: number;
  /** When each idle connection fell idle at the gateway, rising. */
  readonly #idleSince: number[] = [];
  /** When the server closes each of them. */
  readonly #closes: number[] = [];
  /** Requests that each of them has carried. */
  readonly #carried: number[] = [];
  #lastCarried = 0;

  constructor(gateway: PoolSettings, server: ServerSettings['keepAlive'], oneWayMs: number) {
    this.#gateway = gateway;
    this.#server = server;
    this.#oneWayMs = oneWayMs;
  }

  get idle(): number {
    return this.#idleSince.length;
  }

  /** Requests that the connection which {@link take} gave out last had carried before; 0 for a new one. */
  get lastCarried(): number {
    return this.#lastCarried;
  }

  /** Takes a connection for a request at `at`. */
  take(at: number): Reuse {
    this.#lastCarried = 0;
    const since = this.#idleSince.pop();
    const closes = this.#closes.pop();
    const carried = this.#carried.pop();
    if (since === undefined || closes === undefined || carried === undefined) return 'none';
    const finArrives = closes + this.#server.lag + this.#oneWayMs;
    if (at >= since + this.#gateway.timeout || at >= finArrives) return 'none';
    if (at + this.#oneWayMs > closes) return 'race';
    this.#lastCarried = carried;
    return 'reused';
  }

  /**
   * A connection is idle from `at` on, which never falls, after it carried `requests`.
   * @param life the process at its other end
   */
  put(at: number, requests: number, life: Pick<Life, 'drainFrom' | 'death'>): void {
    if (this.#server.requests !== undefined && requests >= this.#server.requests) return;
    if (this.#idleSince.length >= this.#gateway.idle) {
      this.#idleSince.shift();
      this.#closes.shift();
      this.#carried.shift();
    }
    const answered = at - this.#oneWayMs;
    this.#idleSince.push(at);
    this.#closes.push(Math.min(answered + this.#server.timeout, Math.max(answered, life.drainFrom), life.death));
    this.#carried.push(requests);
  }
}
