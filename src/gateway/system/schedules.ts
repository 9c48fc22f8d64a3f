import type { FaultRule, FaultSchedule } from '../../schema/fault-schedule.ts';
import type { ExchangeRequest } from '../exchange.ts';
import { seededRandom, type Random } from '../random.ts';

/** What a schedule looks at. */
export type Asked = Pick<ExchangeRequest, 'method' | 'url' | 'headers'>;

/** Decides request by request whether a fault strikes. `at` is ms since the run began. Its memory does not grow. */
export interface Strikes {
  readonly strikes: (at: number, request: Asked) => boolean;
}

/**
 * The schedule of one route. Every rule draws its own numbers and sees every request, so what one rule decides never
 * changes what another one does.
 * @param seed of its own for each route
 */
export function scheduleOf(rules: FaultSchedule, seed: number): Strikes {
  const parts = rules.map((rule, index) => ruleOf(rule, seededRandom(seed + 104_729 * (index + 1))));
  return {
    strikes: (at, request) => {
      let any = false;
      for (const part of parts) if (part(at, request)) any = true;
      return any;
    },
  };
}

type Part = (at: number, request: Asked) => boolean;

function ruleOf(rule: FaultRule, random: Random): Part {
  const looksAt = conditionOf(rule);
  const burst = rule.burst ? burstOf(rule.burst, random) : null;
  let seen = 0;
  return (at, request) => {
    if (!looksAt(at, request)) return false;
    const turn = seen++;
    // Every draw is made, whatever the others say: the numbers of a later request do not depend on it.
    const byBurst = burst?.() ?? true;
    const byChance = rule.probability === undefined || random() < rule.probability;
    const byRamp = rule.ramp === undefined || random() < rampAt(rule.ramp, at);
    const byFirst = rule.first === undefined || turn < (rule.after ?? 0) + rule.first;
    const byAfter = rule.after === undefined || turn >= rule.after;
    const byTurn = rule.every === undefined || (turn - (rule.after ?? 0) + 1) % rule.every === 0;
    return byBurst && byChance && byRamp && byFirst && byAfter && byTurn;
  };
}

function conditionOf({ methods, path, headers, during }: FaultRule): Part {
  const wanted = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const prefix = path?.endsWith('*') ? path.slice(0, -1) : null;
  return (at, request) => {
    if (methods && !methods.includes(request.method)) return false;
    if (during && !during.some(({ from, to }) => at >= from && at < to)) return false;
    if (
      !wanted.every(([name, value]) =>
        request.headers.some((header) => header[0].toLowerCase() === name && header[1] === value),
      )
    ) {
      return false;
    }
    if (path === undefined) return true;
    const asked = pathOf(request.url);
    return prefix === null ? asked === path : asked.startsWith(prefix);
  };
}

function pathOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed ? parsed.pathname : (url.split(/[?#]/, 1)[0] ?? url);
}

/** A chain of two states after Gilbert and Elliott: it changes state before each request, and each state has its own odds. */
function burstOf({ enter, leave, good, bad }: NonNullable<FaultRule['burst']>, random: Random): () => boolean {
  let inside = false;
  return () => {
    const change = random();
    inside = inside ? change >= leave : change < enter;
    return random() < (inside ? bad : good);
  };
}

function rampAt({ from, to, start, end }: NonNullable<FaultRule['ramp']>, at: number): number {
  const share = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return start + (end - start) * share;
}
