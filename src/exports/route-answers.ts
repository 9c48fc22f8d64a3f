import { clientViewOf } from '../gateway/client-view.ts';
import type { ClientView, Exchange, ExchangeRequest } from '../gateway/exchange.ts';
import { faultById } from '../gateway/faults/index.ts';
import type { RecordingSet } from '../gateway/recording.ts';
import { createGateway } from '../gateway/simulate.ts';
import { applicationResponse } from '../gateway/application.ts';
import { playServer } from '../gateway/upstream.ts';
import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import { turnsOf, type Turns } from './turns.ts';

/** One route of a scenario as other tools can take it: its two answers, and which request gets which. */
export interface RouteAnswers {
  readonly route: ScenarioRoute;
  /** Null for every method. */
  readonly method: string | null;
  readonly path: string;
  /** `path` is the beginning of a path. */
  readonly prefix: boolean;
  /** When the fault strikes. */
  readonly turns: Turns;
  readonly struck: Exchange;
  readonly healthy: Exchange;
}

/** Both answers of every route, as the simulated gateway gives them. Throws a sentence when the scenario names an unknown fault. */
export const routeAnswers = (scenario: Scenario, recordings: RecordingSet): RouteAnswers[] =>
  scenario.routes.map((route) => {
    const [method = '*', pattern = '/'] = route.match.split(' ');
    const prefix = pattern.endsWith('*');
    const path = prefix ? pattern.slice(0, -1) : pattern;
    const request: ExchangeRequest = {
      method: method === '*' ? (faultById(route.fault).request?.method ?? 'GET') : method,
      url: new URL(prefix ? `${path}1` : path, scenario.origin).href,
      headers: [],
      body: '',
    };
    const answer = (fault: string): Exchange => {
      const only = {
        ...scenario,
        system: undefined,
        load: undefined,
        chapters: [],
        routes: [{ ...route, fault, schedule: [{}] }],
      };
      return createGateway({ scenario: only, recordings }).answer(request, 0);
    };
    return {
      route,
      method: method === '*' ? null : method,
      path,
      prefix,
      turns: route.fault === 'ok' ? { kind: 'never' } : turnsOf(route),
      struck: answer(route.fault),
      healthy: answer('ok'),
    };
  });

/** What the upstream itself does when the fault strikes, as a client that asks it without a gateway sees it. */
export function upstreamView(route: ScenarioRoute): ClientView {
  const [server] = faultById(route.fault).servers;
  const { wire } = playServer(server ?? { kind: 'http' }, applicationResponse(route), 0);
  return clientViewOf(wire, 'GET');
}

/** What of a scenario no other tool has, as sentences. */
export function storyNotes({ chapters, system, load, routes }: Scenario): string[] {
  const notes: string[] = [];
  if (chapters.length > 0) notes.push('The chapters of the run: what happens when is left out.');
  if (system) notes.push('The upstream as a system (workers, queue, limits): overload does not emerge here.');
  if (load) notes.push('The load: requests come from you.');
  if (routes.some(({ effect }) => effect !== undefined)) notes.push('The ledger of effects and idempotency keys.');
  return notes;
}
