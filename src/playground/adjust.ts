import type { FaultRule, FaultSchedule } from '../schema/fault-schedule.ts';
import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';

/** What the controls of a playground change about its scenario. What is left out stays as it is. */
export interface Adjustments {
  /** With a version or without, e.g. `nginx@1.22`. */
  readonly gateway?: string;
  readonly fault?: string;
  /** The first so many requests fail; null: no such rule. */
  readonly failFirst?: number | null;
  /** Share of the requests that fail, 0 to 1; null: no such rule. With `failFirst`, of those that come after. */
  readonly failureRate?: number | null;
  readonly seed?: number;
}

/** The parts of a rule that say which requests it looks at. They survive a change of the numbers. */
const FILTERS = ['methods', 'path', 'headers', 'during'] as const;

/**
 * A scenario with other settings. The fault and its schedule are those of the routes that were broken already, and of
 * every route where none was.
 */
export function adjusted(scenario: Scenario, change: Adjustments): Scenario {
  const { gateway, fault, seed } = change;
  const concerned = brokenRoutes(scenario);
  const reschedules = change.failFirst !== undefined || change.failureRate !== undefined;
  const routes =
    fault === undefined && !reschedules
      ? scenario.routes
      : scenario.routes.map((route) =>
          concerned.includes(route)
            ? {
                ...route,
                fault: fault ?? route.fault,
                schedule: reschedules ? scheduled(route.schedule, change) : route.schedule,
              }
            : route,
        );
  return {
    ...scenario,
    routes,
    ...(gateway === undefined ? {} : { gateway: { ...scenario.gateway, id: gateway } }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** The settings of a scenario as its controls show them: those of its first broken route. */
export function adjustmentsOf(scenario: Scenario): Required<Adjustments> {
  const [route] = brokenRoutes(scenario);
  return {
    gateway: scenario.gateway.id,
    fault: route?.fault ?? 'ok',
    ...numbersIn(route?.schedule ?? []),
    seed: scenario.seed,
  };
}

/** Those with a fault, and those that had one: a schedule of their own outlives the choice of no fault. Else all. */
function brokenRoutes({ routes }: Scenario): readonly ScenarioRoute[] {
  const broken = routes.filter(
    ({ fault, schedule }) => fault !== 'ok' || schedule.some((rule) => Object.keys(rule).length > 0),
  );
  return broken.length > 0 ? broken : routes;
}

function numbersIn(schedule: FaultSchedule): { failFirst: number | null; failureRate: number | null } {
  const first = schedule.find((rule) => onlyHas(rule, 'first'))?.first ?? null;
  const rate = schedule.find((rule) => onlyHas(rule, 'probability'))?.probability ?? null;
  return { failFirst: first, failureRate: rate };
}

/** True for a rule that says nothing but this, and which requests it looks at. */
const onlyHas = (rule: FaultRule, name: keyof FaultRule): boolean =>
  rule[name] !== undefined &&
  Object.entries(rule).every(
    ([key, value]) => value === undefined || key === name || FILTERS.some((filter) => filter === key),
  );

function scheduled(schedule: FaultSchedule, change: Adjustments): FaultSchedule {
  const now = numbersIn(schedule);
  const first = change.failFirst === undefined ? now.failFirst : change.failFirst;
  const rate = change.failureRate === undefined ? now.failureRate : change.failureRate;
  const { methods, path, headers, during } = schedule[0] ?? {};
  const filters: FaultRule = {
    ...(methods ? { methods } : {}),
    ...(path === undefined ? {} : { path }),
    ...(headers ? { headers } : {}),
    ...(during ? { during } : {}),
  };
  const rules: FaultRule[] = [
    ...(first === null ? [] : [{ ...filters, first }]),
    ...(rate === null ? [] : [{ ...filters, probability: rate }]),
  ];
  return rules.length > 0 ? rules : [filters];
}
