import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import { seededRandom } from './random.ts';

/** Decides, request by request, whether the route's fault strikes. */
export type Schedule = () => boolean;

/**
 * The schedule of one route. Each route draws from its own stream of random numbers, so that a request to one route does
 * not change what happens on another.
 * @param routeIndex position of the route in its scenario
 */
export function scheduleOf(scenario: Scenario, routeIndex: number, seed: number): Schedule {
  const { schedule } = scenario.routes[routeIndex] as ScenarioRoute;
  if (schedule.first !== undefined) {
    const failing = schedule.first;
    let seen = 0;
    return () => seen++ < failing;
  }
  if (schedule.probability !== undefined) {
    const { probability } = schedule;
    const random = seededRandom(seed + routeIndex * 7919);
    return () => random() < probability;
  }
  return () => true;
}
