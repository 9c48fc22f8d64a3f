import type { Scenario } from '../schema/scenario.ts';
import type { ExchangeRequest, LedgerNote } from './exchange.ts';
import type { UpstreamResponse } from './fault.ts';
import { Ledger } from './ledger.ts';
import type { Reactions } from './recorded-fault.ts';
import type { Offer } from './system/offer.ts';
import { reasonOf } from './application.ts';
import { workBehind, workIn, type Work } from './work.ts';

/** An answer that the ledger keeps, and the fault that it came from. */
interface Stored {
  readonly response: UpstreamResponse;
  readonly fault?: string;
}

/** What the ledger made of a request: the line to show, and the answer that it gave in place of the application's. */
interface Noted {
  /** The application's last word was a failure of its own. */
  readonly fails: boolean;
  readonly note: LedgerNote;
  readonly instead: Stored | null;
}

/** A request to a route with an effect, as it reached the gateway `arrival` ms after the run began. */
export interface Entry {
  /** Such as `order placed`. */
  readonly effect: string;
  /** The fault that strikes it; `ok` for none. */
  readonly fault: string;
  /** What the servers made of it; null where there are none, or where the fault was put in. */
  readonly offer: Offer | null;
  /** What the application answers when it is well. */
  readonly response: UpstreamResponse;
  readonly request: ExchangeRequest;
  readonly arrival: number;
}

/** Makes the books of a scenario. */
export type BooksMaker = (scenario: Scenario, reactions: Reactions) => Books;

export const makeBooks: BooksMaker = (scenario, reactions) => new Books(scenario, reactions);

/** What an application did in the world, and what it says to a request that it has had before. */
export class Books {
  readonly #ledger: Ledger<Stored>;
  readonly #reactions: Reactions;
  readonly #oneWayMs: number;

  constructor({ ledger, network }: Scenario, reactions: Reactions) {
    this.#ledger = new Ledger(ledger);
    this.#reactions = reactions;
    this.#oneWayMs = network.upstream;
  }

  /** Asks the ledger, as often as the application had the request. */
  note({ effect, fault, offer, response, request, arrival }: Entry): Noted {
    const works = offer
      ? workBehind(offer)
      : workIn(this.#reactions(fault, request.method), this.#oneWayMs, response.delayMs);
    const key = this.#ledger.keyOf(request);
    let note: LedgerNote = { effect, outcome: 'none', key, copy: 0 };
    let instead: Stored | null = null;
    for (const work of works) {
      instead = null;
      if (work.kind === 'refuses' || work.kind === 'dies') continue;
      const askedAt = arrival + (work.kind === 'does' ? work.askedMs : 0);
      const answer = this.#ledger.ask(request, askedAt);
      if (answer.kind === 'replayed') {
        instead = replayOf(answer.response);
        if (note.outcome === 'none') note = { ...note, outcome: 'replayed' };
      } else if (answer.kind !== 'fresh') {
        instead = { response: refusalOf(answer.kind, answer.status) };
        if (note.outcome === 'none') note = { ...note, outcome: 'refused' };
      } else {
        const copy = this.#perform(work, fault, response, request, arrival);
        if (copy > 0) note = { ...note, outcome: 'performed', copy };
      }
    }
    return { note, instead, fails: works.at(-1)?.kind === 'fails' };
  }

  /** @returns how often the same thing has now happened; 0 when nothing did */
  #perform(
    work: Exclude<Work, { kind: 'refuses' | 'dies' }>,
    fault: string,
    response: UpstreamResponse,
    request: ExchangeRequest,
    arrival: number,
  ): number {
    if (work.kind === 'fails') {
      const { status } = work.response;
      const stored = { response: work.response, fault };
      return this.#ledger.perform(request, arrival, { doneAt: arrival, response: stored, status, hasEffect: false });
    }
    const { status } = response;
    return this.#ledger.perform(request, arrival, {
      doneAt: arrival + work.doneMs,
      response: { response },
      status,
      hasEffect: status < 400,
    });
  }
}

/** How long an application needs that has nothing to do, ms. */
const AT_ONCE_MS = 1;

/** The stored answer once more, marked as Stripe's API marks it. */
const replayOf = ({ response, fault }: Stored): Stored => ({
  response: { ...response, headers: [...response.headers, ['Idempotent-Replayed', 'true']], delayMs: AT_ONCE_MS },
  ...(fault === undefined ? {} : { fault }),
});

const REFUSALS = {
  'in-progress': 'a request with this idempotency key is still being worked on',
  mismatch: 'this idempotency key was used for another request',
} as const;

const refusalOf = (why: keyof typeof REFUSALS, status: number): UpstreamResponse => ({
  status,
  reason: reasonOf(status),
  headers: [['Content-Type', 'application/json']],
  body: `${JSON.stringify({ error: REFUSALS[why] })}\n`,
  delayMs: AT_ONCE_MS,
});
