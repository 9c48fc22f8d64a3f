import type { FaultRule } from '../schema/fault-schedule.ts';
import type { Scenario } from '../schema/scenario.ts';
import { countText } from './quantities.ts';

/** The gateway of a scenario as a person names it. */
export interface WhoAnswers {
  /** E.g. `nginx 1.31.3`. */
  readonly name: string;
  /** Where its answers come from, e.g. `recorded 2026-11-21` or `documented`. */
  readonly origin: string;
}

/**
 * What is simulated, in one line: `nginx 1.31.3 (recorded 2026-11-21) · the upstream reads the whole request, then closes without a
 * byte, first 2`.
 * @param summaryOf a fault in words; undefined for ids that it does not know
 */
export function simulatesText(
  scenario: Scenario,
  { name, origin }: WhoAnswers,
  summaryOf: (fault: string) => string | undefined,
): string {
  return `${name} (${origin}) · ${whatFails(scenario, summaryOf)}`;
}

function whatFails({ routes, system, chapters }: Scenario, summaryOf: (fault: string) => string | undefined): string {
  const failing = routes.filter(({ fault }) => fault !== 'ok');
  const faults = [...new Set(failing.map(({ fault }) => fault))];
  const [route] = failing;
  const parts: string[] = [];
  if (faults.length > 1) parts.push(countText(faults.length, 'fault'));
  else if (route)
    parts.push(
      `the upstream ${summaryOf(route.fault) ?? `has the fault ${route.fault}`}, ${scheduleText(route.schedule)}`,
    );
  if (chapters.some(({ fault }) => fault !== 'ok')) parts.push(countText(chapters.length, 'chapter'));
  if (system) parts.push('limited servers');
  return parts.join(' · ') || 'nothing fails';
}

/** When a fault strikes: `first 2`, `30 % of requests`, `always`. */
export function scheduleText(schedule: readonly FaultRule[]): string {
  const [rule] = schedule;
  if (!rule || schedule.length > 1) return 'on a schedule';
  const { methods, first, after, every, probability, ...rest } = rule;
  if (Object.values(rest).some((value) => value !== undefined)) return 'on a schedule';
  const parts = [
    ...(first === undefined ? [] : [first === 0 ? 'never' : `first ${first}`]),
    ...(after === undefined ? [] : [`after the first ${after}`]),
    ...(every === undefined ? [] : [every === 1 ? 'each request' : `one in ${every}`]),
    ...(probability === undefined ? [] : [`${Number((probability * 100).toFixed(1))} % of requests`]),
    ...(methods === undefined ? [] : [`only ${methods.join(' and ')}`]),
  ];
  return parts.join(', ') || 'always';
}
