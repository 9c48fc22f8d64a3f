import type { RateLimitSettings } from '../../schema/system.ts';

/** What the limiter says to one request. */
export interface Quota {
  readonly allowed: boolean;
  /** Whole requests that may follow at once. */
  readonly remaining: number;
  /** ms until one more is allowed; 0 when one is. */
  readonly waitMs: number;
  /** ms until the whole quota is back. */
  readonly resetMs: number;
}

/** Clients that a limiter remembers; the one that came first is forgotten first. */
const MAX_CLIENTS = 10_000;

interface Account {
  /** Tokens left in the bucket, or requests counted in the window. */
  level: number;
  /** When the bucket was last filled, or when the window began. */
  since: number;
}

/** A token bucket or a fixed window, for each client on its own. `at` never falls from call to call. */
export class RateLimiter {
  readonly #settings: RateLimitSettings;
  readonly #accounts = new Map<string, Account>();

  constructor(settings: RateLimitSettings) {
    this.#settings = settings;
  }

  take(client: string, at: number): Quota {
    const { bucket, window } = this.#settings;
    if (bucket) return takeToken(this.#account(client, bucket.burst, at), bucket, at);
    if (window) return countInWindow(this.#account(client, 0, at), window, at);
    return { allowed: true, remaining: Infinity, waitMs: 0, resetMs: 0 };
  }

  #account(client: string, level: number, since: number): Account {
    const known = this.#accounts.get(client);
    if (known) return known;
    if (this.#accounts.size >= MAX_CLIENTS) {
      for (const oldest of this.#accounts.keys()) {
        this.#accounts.delete(oldest);
        break;
      }
    }
    const account = { level, since };
    this.#accounts.set(client, account);
    return account;
  }
}

function takeToken(account: Account, { perSecond, burst }: { perSecond: number; burst: number }, at: number): Quota {
  const perMs = perSecond / 1000;
  account.level = Math.min(burst, account.level + (at - account.since) * perMs);
  account.since = at;
  // Tokens grow back in fractions: a hair below one is one.
  const allowed = account.level >= 1 - 1e-9;
  if (allowed) account.level = Math.max(0, account.level - 1);
  return {
    allowed,
    remaining: Math.floor(account.level + 1e-9),
    waitMs: Math.max(0, (1 - account.level) / perMs),
    resetMs: (burst - account.level) / perMs,
  };
}

/** Windows are laid out from the begin of the run: all clients start over at the same moment, as with `INCR` and `EXPIRE`. */
function countInWindow(account: Account, { limit, every }: { limit: number; every: number }, at: number): Quota {
  const begin = Math.floor(at / every) * every;
  if (begin > account.since || account.level === 0) {
    account.since = begin;
    account.level = 0;
  }
  const allowed = account.level < limit;
  if (allowed) account.level++;
  const remaining = Math.max(0, limit - account.level);
  const resetMs = account.since + every - at;
  return { allowed, remaining, waitMs: remaining > 0 ? 0 : resetMs, resetMs };
}
