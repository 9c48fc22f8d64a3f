import type { Scenario } from '../schema/scenario.ts';
import type { ExchangeRequest, LedgerNote } from './exchange.ts';
import type { Fate } from './fate.ts';
import type { UpstreamResponse } from './fault.ts';
import type { CauseId } from './ids.ts';
import type { BooksMaker, Books } from './books.ts';
import type { Reactions } from './recorded-fault.ts';
import { Chapters } from './system/chapters.ts';
import type { Offer } from './system/offer.ts';
import { scheduleOf, type Strikes } from './system/schedules.ts';

/** What one request meets behind the gateway. */
export interface Turn {
  /** Id of the fault whose recording tells what the gateway makes of it. */
  readonly fault: string;
  /** Id of the fault that the exchange is named after, where that differs: a refusal by a limit is a healthy answer on the wire. */
  readonly namedAfter?: string;
  /** The diagnosis, where it is not the one that the fault usually has: a full queue refuses connections, too. */
  readonly cause?: CauseId;
  /** What the application answers, if it comes to that. */
  readonly response: UpstreamResponse;
  /** What the system of servers decided; left out where there is none, or where the fault was put in. */
  readonly fate?: Fate;
  readonly ledger?: LedgerNote;
}

/** The servers of a scenario, with the other clients that keep them busy. */
export interface Servers {
  /** A request arrives at the gateway, `at` ms after the run began. */
  readonly offer: (request: ExchangeRequest, at: number) => Offer;
  /** What a real gateway makes of that. @param response the application's, when it is well */
  readonly turn: (offer: Offer, method: string, response: UpstreamResponse) => Turn;
}

/** Makes the servers of a scenario. */
export type SystemMaker = (run: RunParts) => Servers;

/** The parts of a story that few scenarios have. They are handed in, because a browser then loads no code for them in vain. */
export interface StoryMakers {
  readonly makeSystem: SystemMaker;
  /** For scenarios with a route that has an effect. */
  readonly makeBooks: BooksMaker;
}

export interface RunParts {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly chapters: Chapters;
  /** What the gateway makes of a fault. */
  readonly reactions: Reactions;
}

/** Room in the seeds, so that routes and chapters draw from streams of their own. */
const STREAM = { route: 7919, chapters: 1_299_709 } as const;

/** @param seed of the run */
export const chaptersIn = ({ chapters }: Scenario, seed: number): Chapters =>
  new Chapters(chapters, seed + STREAM.chapters);

export interface StoryParts {
  readonly scenario: Scenario;
  readonly seed: number;
  /** What the application answers when it is well, for each route. */
  readonly responses: readonly UpstreamResponse[];
  /** What the gateway makes of a fault, which decides what its application gets to see. */
  readonly reactions: Reactions;
  readonly makers: StoryMakers;
}

/**
 * The run's story: which fault strikes which request, out of schedules, chapters and the load on the upstream, and what
 * the application did in the world. It keeps the count; ask it once for each request, in the order of their arrival.
 */
export class Story {
  readonly #scenario: Scenario;
  readonly #responses: readonly UpstreamResponse[];
  readonly #schedules: readonly Strikes[];
  readonly #chapters: Chapters;
  readonly #servers: Servers | null;
  readonly #books: Books | null;

  constructor({ scenario, seed, responses, reactions, makers }: StoryParts) {
    const chapters = chaptersIn(scenario, seed);
    this.#scenario = scenario;
    this.#responses = responses;
    this.#schedules = scenario.routes.map((route, index) => scheduleOf(route.schedule, seed + STREAM.route * index));
    this.#chapters = chapters;
    this.#servers = scenario.system ? makers.makeSystem({ scenario, seed, chapters, reactions }) : null;
    const hasEffects = scenario.routes.some(({ effect }) => effect !== undefined);
    this.#books = hasEffects ? makers.makeBooks(scenario, reactions) : null;
  }

  /** @param at ms since the run began at which the client sent the request */
  next(routeIndex: number, request: ExchangeRequest, at: number): Turn {
    const { routes, network, title } = this.#scenario;
    const route = routes[routeIndex];
    const response = this.#responses[routeIndex];
    if (!route || !response) throw new Error(`"${title}" has no route number ${routeIndex}.`);
    const arrival = at + network.client;
    // Both are asked about every request, so that what one decides does not change the numbers of the other.
    const byRoute = this.#schedules[routeIndex]?.strikes(arrival, request) ? route.fault : 'ok';
    const injected = this.#chapters.faultFor(arrival, request) ?? byRoute;
    // The request meets the servers as they are at that moment.
    const offer = injected === 'ok' ? (this.#servers?.offer(request, arrival) ?? null) : null;
    if (route.effect === undefined || !this.#books) return this.#turn(injected, offer, response, request.method);

    const { note, instead, fails } = this.#books.note({
      effect: route.effect,
      fault: injected,
      offer,
      response,
      request,
      arrival,
    });
    // An application that answers from memory, or refuses the key, does not come to its own failure.
    const turn = this.#turn(instead && fails ? 'ok' : injected, offer, instead?.response ?? response, request.method);
    const name = instead?.fault;
    return { ...turn, ...(name !== undefined && turn.fault === 'ok' ? { namedAfter: name } : {}), ledger: note };
  }

  #turn(injected: string, offer: Offer | null, response: UpstreamResponse, method: string): Turn {
    return offer && this.#servers ? this.#servers.turn(offer, method, response) : { fault: injected, response };
  }
}
