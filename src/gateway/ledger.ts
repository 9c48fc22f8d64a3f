import type { LedgerSettings } from '../schema/ledger.ts';
import { headerValue } from './http-message.ts';
import type { ExchangeRequest } from './exchange.ts';

/** What the application says to a request before it does any work. */
export type LedgerAnswer<Response> =
  /** Do the work, then tell the ledger by {@link Ledger.perform}. */
  | { readonly kind: 'fresh' }
  /** The work was done before; this was the answer. */
  | { readonly kind: 'replayed'; readonly response: Response }
  /** The first request with this key is still running. */
  | { readonly kind: 'in-progress'; readonly status: number }
  /** The key was used for another request. */
  | { readonly kind: 'mismatch'; readonly status: number };

/** Something that happened in the world and cannot be taken back, such as an order that was placed. */
export interface Effect {
  /** ms since the run began. */
  readonly at: number;
  readonly key: string | null;
  /** Method, path and body: two effects with the same one are the same order, placed twice. */
  readonly fingerprint: string;
  /** 1 for the first effect of this fingerprint; from 2 on it is a duplicate. */
  readonly copy: number;
}

/** What is done with a request that was fresh. */
export interface Performance<Response> {
  /** When the work is done, ms since the run began; null when it never is, because the process died. */
  readonly doneAt: number | null;
  readonly response: Response;
  readonly status: number;
  /** False when the work changed nothing, such as an order that was refused. */
  readonly hasEffect: boolean;
}

interface Entry<Response> {
  readonly fingerprint: string;
  readonly begunAt: number;
  readonly doneAt: number;
  readonly response: Response;
}

/** Keys, fingerprints and effects that are remembered; the oldest go first. */
const MAX_REMEMBERED = 10_000;

/**
 * What an application did, and what it remembers of it. The side effects that repeats cause become visible here: with
 * keys, a repeat is answered from memory; without, the order is placed again.
 *
 * Rules as in Stripe's API v1: the first answer under a key is stored, a 500 too, and replayed to every repeat; another
 * request under the same key is an error. A request that died with its process leaves no answer, so a repeat runs anew.
 * Times never fall from call to call.
 */
export class Ledger<Response> {
  readonly #settings: LedgerSettings;
  readonly #entries = new Map<string, Entry<Response>>();
  readonly #copies = new Map<string, number>();
  readonly #effects: Effect[] = [];
  #performed = 0;
  #duplicates = 0;
  #replayed = 0;

  constructor(settings: LedgerSettings) {
    this.#settings = settings;
  }

  /** Effects so far, forgotten ones and those still to be done included. */
  get performed(): number {
    return this.#performed;
  }

  /** Effects that had happened before. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** Requests answered from memory. */
  get replayed(): number {
    return this.#replayed;
  }

  /** The latest effects that are done at `at`, in order of their begin. */
  effectsUntil(at: number): readonly Effect[] {
    return this.#effects.filter((effect) => effect.at <= at);
  }

  /** A request arrives. */
  ask(request: ExchangeRequest, at: number): LedgerAnswer<Response> {
    const key = this.keyOf(request);
    this.#forget(at);
    const entry = key === null ? undefined : this.#entries.get(key);
    if (!entry) return { kind: 'fresh' };
    if (entry.fingerprint !== fingerprintOf(request)) return { kind: 'mismatch', status: this.#settings.mismatch };
    if (entry.doneAt > at) return { kind: 'in-progress', status: this.#settings.inProgress };
    this.#replayed++;
    return { kind: 'replayed', response: entry.response };
  }

  /**
   * A fresh request that arrived at `at` is worked on.
   * @returns how often its effect has now happened; 0 when it had none
   */
  perform(
    request: ExchangeRequest,
    at: number,
    { doneAt, response, status, hasEffect }: Performance<Response>,
  ): number {
    if (doneAt === null) return 0;
    const key = this.keyOf(request);
    const fingerprint = fingerprintOf(request);
    if (key !== null && (this.#settings.stores === 'everything' || status < 400)) {
      this.#entries.set(key, { fingerprint, begunAt: at, doneAt, response });
      trim(this.#entries);
    }
    if (!hasEffect) return 0;
    const copy = (this.#copies.get(fingerprint) ?? 0) + 1;
    this.#copies.set(fingerprint, copy);
    trim(this.#copies);
    this.#performed++;
    if (copy > 1) this.#duplicates++;
    this.#effects.push({ at: doneAt, key, fingerprint, copy });
    if (this.#effects.length > MAX_REMEMBERED) this.#effects.shift();
    return copy;
  }

  /** The idempotency key of a request; null without one, or when the application ignores keys. */
  keyOf({ headers }: Pick<ExchangeRequest, 'headers'>): string | null {
    if (!this.#settings.keys) return null;
    const key = headerValue(headers, this.#settings.header);
    return key === '' ? null : key;
  }

  #forget(at: number): void {
    for (const [key, { begunAt }] of this.#entries) {
      if (begunAt + this.#settings.keepFor > at) return;
      this.#entries.delete(key);
    }
  }
}

/** What makes two requests the same to an application: method, URL and body. */
const fingerprintOf = ({ method, url, body }: Pick<ExchangeRequest, 'method' | 'url' | 'body'>): string =>
  `${method} ${url}\n${body}`;

function trim(map: Map<string, unknown>): void {
  if (map.size <= MAX_REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
