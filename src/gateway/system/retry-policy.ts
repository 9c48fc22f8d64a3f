import type { RetryPolicy } from '../../schema/load.ts';
import type { Header } from '../exchange.ts';
import type { Random } from '../random.ts';

/** Retries as a share of all requests, for a whole population of clients: the token bucket of Finagle and gRPC. */
export class RetryBudget {
  readonly #ratio: number;
  readonly #burst: number;
  #tokens: number;

  constructor({ ratio, burst }: NonNullable<RetryPolicy['budget']>) {
    this.#ratio = ratio;
    this.#burst = burst;
    this.#tokens = burst;
  }

  /** A first attempt is made. */
  deposit(): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + this.#ratio);
  }

  /** True when one retry may be made; then it is paid for. */
  withdraw(): boolean {
    // Tenths do not add up to exactly one.
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens = Math.max(0, this.#tokens - 1);
    return true;
  }
}

/**
 * ms to wait before a retry.
 * @param retry 1 for the first retry
 * @param headers of the answer that failed
 */
export function delayBefore(policy: RetryPolicy, retry: number, headers: readonly Header[], random: Random): number {
  const full = Math.min(policy.cap, policy.delay * policy.factor ** (retry - 1));
  const delay =
    policy.jitter === 'none' ? full : policy.jitter === 'full' ? full * random() : full * (0.5 + random() / 2);
  return policy.honorRetryAfter ? Math.max(delay, askedFor(headers)) : delay;
}

/** ms that a Retry-After header in seconds asks for; 0 without one. */
function askedFor(headers: readonly Header[]): number {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  return value !== undefined && /^\d{1,6}$/.test(value) ? 1000 * Number(value) : 0;
}
