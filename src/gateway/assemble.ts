import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import type { Exchange, ExchangeRequest } from './exchange.ts';
import type { Fate } from './fate.ts';
import type { UpstreamResponse } from './fault.ts';
import type { Reactions } from './recorded-fault.ts';
import { matcherOf } from './route-matcher.ts';
import { Story, type StoryMakers } from './story.ts';

/** A simulated gateway with everything behind it. It keeps count of the requests it has seen. */
export interface Gateway {
  /** The route that takes this request; null when the scenario has none for it. */
  readonly match: (request: Pick<ExchangeRequest, 'method' | 'url'>) => ScenarioRoute | null;
  /**
   * Answers a request that the client sends `at` ms after the run began. All of it is computed at once; the caller plays
   * `wire` on its clock. Throws when no route takes the request.
   */
  readonly answer: (request: ExchangeRequest, at: number) => Exchange;
  /** The same exchange when the client goes away `elapsedMs` after it asked, before it had the whole answer. */
  readonly abandon: (exchange: Exchange, elapsedMs: number) => Exchange;
}

/** One request, and what it meets behind the gateway. */
export interface Question {
  /** Order of the exchange within the run, from 1. */
  readonly id: number;
  /** ms since the run began. */
  readonly at: number;
  readonly request: ExchangeRequest;
  readonly fault: string;
  /** The fault that the exchange is named after, where that is another one. */
  readonly namedAfter?: string | undefined;
  /** What the application answers if it comes to that; null for what it answered to the recorder. */
  readonly response: UpstreamResponse | null;
  readonly fate?: Fate | undefined;
}

/** What a gateway says to each fault: out of its recordings, or out of its documentation. */
export interface Answers {
  readonly reactions: Reactions;
  readonly answer: (question: Question) => Exchange;
  readonly abandon: (exchange: Exchange, elapsedMs: number) => Exchange;
}

export interface GatewayParts {
  readonly scenario: Scenario;
  readonly answers: Answers;
  readonly makers: StoryMakers;
  /** What the application answers when it is well, for each route. */
  readonly responses: readonly UpstreamResponse[];
  readonly seed: number;
  /** `sample`: every fault gives the response it was recorded with, whatever the scenario's application would say. */
  readonly application: 'scenario' | 'sample';
}

/**
 * Puts a gateway together from its parts. This is all that runs in a reader's browser: the catalogue of faults and the
 * other gateways stay behind.
 */
export function assembleGateway({ scenario, answers, makers, responses, seed, application }: GatewayParts): Gateway {
  const routes = scenario.routes.map((route, index) => ({ route, index, takes: matcherOf(scenario, route) }));
  const story = new Story({ scenario, seed, responses, reactions: answers.reactions, makers });
  let answered = 0;

  return {
    match: (request) => routes.find(({ takes }) => takes(request))?.route ?? null,
    answer: (request, at) => {
      const found = routes.find(({ takes }) => takes(request));
      if (!found) throw new Error(`No route of "${scenario.title}" takes ${request.method} ${request.url}.`);
      const { fault, namedAfter, fate, cause, ledger, response } = story.next(found.index, request, at);
      const told = application === 'sample' ? null : response;
      const exchange = answers.answer({ id: ++answered, at, request, fault, namedAfter, fate, response: told });
      if (!cause && !ledger) return exchange;
      return { ...exchange, ...(cause ? { cause } : {}), ...(ledger ? { ledger } : {}) };
    },
    abandon: answers.abandon,
  };
}
