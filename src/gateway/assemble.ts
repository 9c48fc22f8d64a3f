import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import { abandonedExchange } from './abandon.ts';
import { answerOf } from './answer.ts';
import type { Exchange, ExchangeRequest, Provenance } from './exchange.ts';
import type { UpstreamResponse } from './fault.ts';
import type { Profile } from './profile.ts';
import type { RecordedFaults } from './recorded-fault.ts';
import type { RecordingSet } from './recording.ts';
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

export interface GatewayParts {
  readonly scenario: Scenario;
  /** Who answers, and at least the recordings of a client that leaves. */
  readonly recordings: RecordingSet;
  readonly profile: Profile;
  /** Everything that the scenario can come to. */
  readonly recorded: RecordedFaults;
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
export function assembleGateway({
  scenario,
  recordings,
  profile,
  recorded,
  makers,
  responses,
  seed,
  application,
}: GatewayParts): Gateway {
  const provenance = provenanceOf(scenario, recordings);
  const routes = scenario.routes.map((route, index) => ({ route, index, takes: matcherOf(scenario, route) }));
  const story = new Story({ scenario, seed, responses, recorded, makers });
  let answered = 0;

  return {
    match: (request) => routes.find(({ takes }) => takes(request))?.route ?? null,
    answer: (request, at) => {
      const found = routes.find(({ takes }) => takes(request));
      if (!found) throw new Error(`No route of "${scenario.title}" takes ${request.method} ${request.url}.`);
      const turn = story.next(found.index, request, at);
      const circumstances = { id: ++answered, at, request, scenario, recordings, profile, fate: turn.fate };
      const asRecorded = recorded(turn.fault, request.method);
      const named =
        turn.namedAfter === undefined
          ? asRecorded
          : { ...asRecorded, fault: recorded(turn.namedAfter, request.method).fault };
      const exchange = answerOf(circumstances, named, application === 'sample' ? null : turn.response, provenance);
      if (!turn.cause && !turn.ledger) return exchange;
      return {
        ...exchange,
        ...(turn.cause ? { cause: turn.cause } : {}),
        ...(turn.ledger ? { ledger: turn.ledger } : {}),
      };
    },
    abandon: (exchange, elapsedMs) => {
      const { id, startedAt, request, fault } = exchange;
      const { leavesAfterMs } = recorded(fault, request.method).fault.request ?? {};
      // With several servers behind it, the gateway names the one that it had turned to.
      const upstream = (scenario.system && exchange.upstream[0]?.address) || scenario.upstream;
      const there = { ...scenario, upstream };
      const circumstances = { id, at: startedAt, request, scenario: there, recordings, profile, leavesAfterMs };
      return abandonedExchange(exchange, elapsedMs, circumstances);
    },
  };
}

function provenanceOf(scenario: Scenario, { program, date, settings, gateway, version }: RecordingSet): Provenance {
  const wanted = scenario.gateway.id.split('@')[1];
  const recorded: Provenance = { kind: 'recorded', program, date, settings };
  const same = wanted === undefined || version === wanted || version.startsWith(`${wanted}.`);
  return same ? recorded : { ...recorded, standsInFor: `${gateway} ${wanted}` };
}
