import type { FaultRule } from '../schema/fault-schedule.ts';
import type { ScenarioRoute } from '../schema/scenario.ts';

/** Which requests of a route the fault strikes, as far as a tool that counts or rolls dice can know. */
export type Turns =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  /** `outcomes` says for the first requests whether the fault strikes; after them it starts again at `repeatFrom`. */
  | {
      readonly kind: 'counted';
      readonly outcomes: readonly boolean[];
      readonly repeatFrom: number;
      readonly words: string;
    }
  | { readonly kind: 'dice'; readonly probability: number }
  /** Needs a clock, a look at the request, or bursts. */
  | { readonly kind: 'other'; readonly words: string };

/** Longer rows than this are not written out. */
const LONGEST = 100;

/** Reads the schedule of a route. */
export function turnsOf(route: Pick<ScenarioRoute, 'schedule'>): Turns {
  const [rule, ...more] = route.schedule;
  if (!rule || more.length > 0) return { kind: 'other', words: 'several rules' };
  const written = Object.keys(rule).filter((name) => rule[name as keyof FaultRule] !== undefined);
  if (written.length === 0) return { kind: 'always' };
  if (written.length === 1 && rule.probability !== undefined) return { kind: 'dice', probability: rule.probability };
  const uncounted = written.filter((name) => !['first', 'after', 'every'].includes(name));
  if (uncounted.length > 0) return { kind: 'other', words: uncounted.join(', ') };
  return counted(rule);
}

function counted({ first, after = 0, every = 1 }: FaultRule): Turns {
  if (first === 0) return { kind: 'never' };
  const strikes = (turn: number): boolean =>
    turn >= after && (first === undefined || turn < after + first) && (turn - after + 1) % every === 0;
  const length = after + (first ?? every) + (first === undefined ? 0 : 1);
  if (length > LONGEST) return { kind: 'other', words: `a count of ${length}` };
  const words = [
    ...(after > 0 ? [`not the first ${after}`] : []),
    ...(first === undefined ? [] : [`the first ${first}${after > 0 ? ' after them' : ''}`]),
    ...(every > 1 ? [`one in ${every}`] : []),
  ].join(', ');
  const outcomes = Array.from({ length }, (_, turn) => strikes(turn));
  return { kind: 'counted', outcomes, repeatFrom: first === undefined ? after : length - 1, words };
}

/** The sentence for a schedule that a tool cannot follow. */
export const scheduleNote = (match: string, words: string): string =>
  `${match}: its schedule (${words}) cannot be expressed; here the fault strikes every request.`;
