import type { Gateway } from '../gateway/assemble.ts';
import type { Exchange, ExchangeRequest } from '../gateway/exchange.ts';
import type { FaultRequest } from '../gateway/fault.ts';
import { faultById } from '../gateway/faults/index.ts';
import type { RecordingSet } from '../gateway/recording.ts';
import { createGateway } from '../gateway/simulate.ts';
import type { FaultRule } from '../schema/fault-schedule.ts';
import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import { faultsIn, isAlways } from './plan.ts';

/** One request that shows what a scenario does, and what the simulator answers to it. */
export interface Ask {
  /** Position of the route in the scenario. */
  readonly route: number;
  /** When it is sent, ms since the first one. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** What is special about the request, as the fault's own. */
  readonly request: Omit<FaultRequest, 'method'>;
  /** Requests that have to go first, so that the gateway has marked its servers down, or keeps a connection. */
  readonly prime: number;
  /** Pause after them, ms. */
  readonly settleMs: number;
  /** What may come: the simulator's answer, and others where dice or the clock decide. */
  readonly expected: readonly [Exchange, ...Exchange[]];
}

/** Most requests to one route at one time, and most times. */
const MOST = 8;
/** Chapters that begin later are left for the reader to wait for. */
const LATEST_MS = 60_000;
/** How long after a change it is looked at. */
const AFTER_MS = 300;

/** The requests that show a scenario, in the order in which they are sent. */
export function asksOf(scenario: Scenario, recordings: RecordingSet): Ask[] {
  const alone = { ...scenario, client: undefined, system: undefined, load: undefined };
  const gateway = createGateway({ scenario: alone, recordings });
  const planned = alone.routes.flatMap((route, index) => {
    const asked = requestTo(scenario, route, gateway);
    if (!asked) return [];
    return timesOf(alone, route).flatMap((at) =>
      Array.from({ length: at === 0 ? requestsFor(route.schedule) : 1 }, () => ({ route, index, at, asked })),
    );
  });
  return planned
    .toSorted((a, b) => a.at - b.at || a.index - b.index)
    .map(({ route, index, at, asked }): Ask => {
      const met = gateway.answer(asked, at);
      const fault = faultById(met.fault);
      // The fault's own request belongs to its own method.
      const own = fault.request?.method === asked.method ? fault.request : { method: asked.method };
      const { method, ...special } = own;
      const request = { ...special, headers: [...asked.headers, ...(special.headers ?? [])] };
      const exchange = request.leavesAfterMs === undefined ? met : gateway.abandon(met, request.leavesAfterMs);
      const others = isUnsure(alone, route, at) ? alternatives(alone, index, recordings, asked, met.fault) : [];
      return {
        route: index,
        at,
        method,
        path: new URL(asked.url).pathname,
        request,
        prime: fault.prime ?? 0,
        settleMs: fault.settleMs ?? 0,
        expected: [exchange, ...others],
      };
    });
}

/** Words that stand for the free end of a path. */
const ENDS = ['1', '42', 'example'];

/** A request that this route takes and its schedule looks at; null when earlier routes take them all. */
function requestTo(
  { origin }: Scenario,
  route: ScenarioRoute,
  { match }: Pick<Gateway, 'match'>,
): ExchangeRequest | null {
  const [wanted = '*', pattern = '/'] = route.match.split(' ');
  const own = faultById(route.fault).request?.method;
  const looked = route.schedule.flatMap(({ methods = [] }) => methods);
  const methods = wanted === '*' ? [...looked, ...(own ? [own] : []), 'GET', 'POST', 'PUT', 'DELETE'] : [wanted];
  const exact = route.schedule.flatMap(({ path }) => (path === undefined || path.endsWith('*') ? [] : [path]));
  const paths = pattern.endsWith('*') ? [...exact, ...ENDS.map((end) => `${pattern.slice(0, -1)}${end}`)] : [pattern];
  const headers = Object.entries(route.schedule.find((rule) => rule.headers)?.headers ?? {});
  for (const path of paths) {
    for (const method of methods) {
      const request = { method, url: new URL(path, origin).href, headers, body: '' };
      if (match(request) === route) return request;
    }
  }
  return null;
}

/** When something changes by the clock, and the beginning. */
function timesOf({ chapters }: Scenario, { schedule }: ScenarioRoute): number[] {
  const spans = schedule.flatMap(({ during = [], ramp }) => [...during, ...(ramp ? [ramp] : [])]);
  const changes = [...chapters.map(({ at }) => at), ...spans.flatMap(({ from, to }) => [from, to])];
  const later = changes.filter((at) => at > 0 && at <= LATEST_MS).map((at) => at + AFTER_MS);
  return [...new Set([0, ...later])].toSorted((a, b) => a - b).slice(0, MOST);
}

/** Enough requests to see a schedule change. */
function requestsFor(rules: readonly FaultRule[]): number {
  if (rules.some(isAlways)) return 1;
  const turns = rules.map(({ first, after = 0, every = 1, probability, burst }) => {
    if (probability !== undefined || burst !== undefined) return 4;
    return after + (first === undefined ? every : first + 1);
  });
  return Math.min(MOST, Math.max(1, ...turns));
}

/** True where the answer depends on dice, or on the moment: a slow machine may be too late for it. */
function isUnsure({ chapters }: Scenario, { schedule, fault }: ScenarioRoute, at: number): boolean {
  // The first of two requests on one connection counts too.
  if (faultById(fault).request?.sameConnection && !schedule.some(isAlways)) return true;
  const rules = [...schedule, ...chapters.flatMap((chapter) => chapter.schedule)];
  return (
    at > 0 ||
    chapters.length > 1 ||
    rules.some(({ probability, burst, ramp, during }) =>
      [probability, burst, ramp, during].some((value) => value !== undefined),
    )
  );
}

/** What the route answers with every other fault that can strike it, and without any. */
function alternatives(
  scenario: Scenario,
  index: number,
  recordings: RecordingSet,
  request: ExchangeRequest,
  met: string,
): Exchange[] {
  const own = scenario.routes[index]?.fault ?? 'ok';
  const faults = new Set(['ok', own, ...faultsIn({ ...scenario, routes: [] })]);
  return [...faults]
    .filter((fault) => fault !== met)
    .map((fault) => {
      const routes = scenario.routes.map((route, position) =>
        position === index ? { ...route, fault, schedule: [{}] } : route,
      );
      return createGateway({ scenario: { ...scenario, chapters: [], routes }, recordings }).answer(request, 0);
    });
}
