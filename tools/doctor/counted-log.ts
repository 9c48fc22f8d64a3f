import type { CauseId, GatewayId } from '../../src/gateway/ids.ts';

/** What was counted in a log, or in a part of one. It can be sent from a worker, and added to another part. */
export interface CountedLog {
  readonly lines: number;
  readonly tallies: readonly NamedTally[];
  /** Failures an hour, in the log's own writing of time. */
  readonly hours: readonly Named[];
}

export type Named = readonly [name: string, count: number];

/** Lines that name one cause, as one gateway reports it. */
export interface Tally {
  readonly cause: CauseId;
  readonly gateway: GatewayId | null;
  count: number;
  readonly upstreams: Counts;
}

export interface NamedTally {
  readonly cause: CauseId;
  readonly gateway: GatewayId | null;
  readonly count: number;
  readonly upstreams: readonly Named[];
}

export interface Summary {
  readonly lines: number;
  /** Lines that name a cause. */
  readonly failures: number;
  readonly causes: readonly (readonly [CauseId, number])[];
  readonly gateways: readonly (readonly [GatewayId, number])[];
  readonly upstreams: readonly (readonly [upstream: string, cause: CauseId, count: number])[];
  /** Failures an hour, in the order of time. */
  readonly hours: readonly Named[];
}

/** A string of its own: a part of another string keeps the whole of that one in memory. */
export const ownCopy = (part: string): string => Buffer.from(part, 'latin1').toString('latin1');

const NAMES_KEPT = 5000;
/** The rest of names, when there are too many of them. */
const REST = '(others)';

/** Counts under names, of which it keeps a limited number. */
export class Counts {
  readonly #counts = new Map<string, { count: number }>();

  add(name: string, count = 1): void {
    const known = this.#counts.get(name);
    if (known !== undefined) known.count += count;
    else if (this.#counts.size < NAMES_KEPT || name === REST) this.#counts.set(ownCopy(name), { count });
    else this.add(REST, count);
  }

  named(): readonly Named[] {
    return [...this.#counts].map(([name, { count }]) => [name, count]);
  }
}

/** Tallies as they can be sent. */
export const namedTallies = (tallies: readonly Tally[]): readonly NamedTally[] =>
  tallies.map(({ upstreams, ...tally }) => ({ ...tally, upstreams: upstreams.named() }));

function sums<Name extends string>(rows: Iterable<readonly [Name, number]>): readonly (readonly [Name, number])[] {
  const total = new Map<Name, number>();
  for (const [name, count] of rows) total.set(name, (total.get(name) ?? 0) + count);
  return [...total].sort((a, b) => b[1] - a[1]);
}

/** The parts of a log together, what is most first. */
export function summaryOf(parts: readonly CountedLog[]): Summary {
  const tallies = parts.flatMap((part) => part.tallies);
  const upstreams = tallies.flatMap(({ cause, upstreams: named }) =>
    named.map(([upstream, count]): Named => [`${upstream} ${cause}`, count]),
  );
  return {
    lines: parts.reduce((sum, { lines }) => sum + lines, 0),
    failures: tallies.reduce((sum, { count }) => sum + count, 0),
    causes: sums(tallies.map(({ cause, count }) => [cause, count])),
    gateways: sums(tallies.flatMap(({ gateway, count }) => (gateway === null ? [] : [[gateway, count] as const]))),
    upstreams: sums(upstreams).map(([name, count]) => {
      const space = name.lastIndexOf(' ');
      return [name.slice(0, space), name.slice(space + 1) as CauseId, count];
    }),
    hours: [...sums(parts.flatMap(({ hours }) => hours))].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
  };
}
