import type { ServiceTime } from '../../schema/system.ts';
import type { Random } from '../random.ts';

/** A distribution of service times, ms. */
export interface Distribution {
  readonly sample: (random: Random) => number;
  /** ms; null where there is no closed form. */
  readonly mean: number | null;
}

/** The distribution that a scenario describes. */
export function distributionOf(time: ServiceTime): Distribution {
  if (time.uniform) return uniform(...time.uniform);
  if (time.exponential !== undefined) return exponential(time.exponential);
  if (time.lognormal) return logNormal(time.lognormal.median, time.lognormal.sigma, time.lognormal.max);
  if (time.percentiles) return fromPercentiles(time.percentiles);
  return fixed(time.fixed ?? 0);
}

const fixed = (ms: number): Distribution => ({ sample: () => ms, mean: ms });

const uniform = (min: number, max: number): Distribution => ({
  sample: (random) => min + (max - min) * random(),
  mean: (min + max) / 2,
});

const exponential = (mean: number): Distribution => ({
  sample: (random) => -mean * Math.log(1 - random()),
  mean,
});

/** @param max longer times count as this, ms; the mean has no closed form then */
function logNormal(median: number, sigma: number, max = Infinity): Distribution {
  return {
    sample: (random) => Math.min(max, median * Math.exp(sigma * standardNormal(random))),
    mean: max === Infinity ? median * Math.exp((sigma * sigma) / 2) : null,
  };
}

/** Box and Muller's method. The second number of each pair is thrown away, so that a sample has no memory. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export interface Percentile {
  /** 0 to 1. */
  readonly share: number;
  readonly ms: number;
}

/**
 * A distribution through the percentiles that a dashboard shows. Between two of them the logarithm of the time grows
 * evenly; the first and the last stretch go on to the shortest and the longest time.
 * @param points at least one, rising in both numbers
 */
function fromPercentiles(points: readonly Percentile[]): Distribution {
  const knots = withEnds(points.map(({ share, ms }) => ({ share, log: Math.log(Math.max(ms, Number.MIN_VALUE)) })));
  let mean = 0;
  for (const [index, upper] of knots.entries()) {
    const lower = knots[index - 1] ?? upper;
    const rise = upper.log - lower.log;
    const average = rise < 1e-9 ? Math.exp(lower.log) : (Math.exp(upper.log) - Math.exp(lower.log)) / rise;
    mean += (upper.share - lower.share) * average;
  }
  return {
    sample: (random) => {
      const share = random();
      const above = knots.findIndex((knot) => knot.share > share);
      const upper = knots[above] ?? knots.at(-1) ?? { share: 1, log: 0 };
      const lower = knots[above - 1] ?? upper;
      const width = upper.share - lower.share;
      return Math.exp(width > 0 ? lower.log + ((upper.log - lower.log) * (share - lower.share)) / width : upper.log);
    },
    mean,
  };
}

interface Knot {
  readonly share: number;
  readonly log: number;
}

/** The knots with the shares 0 and 1 added, on the lines through the two nearest. */
function withEnds(knots: readonly Knot[]): readonly Knot[] {
  const distinct = knots.filter((knot, index) => index === 0 || knot.share > (knots[index - 1]?.share ?? 0));
  const [first, second] = distinct;
  const [beforeLast, last] = distinct.slice(-2);
  if (!first)
    return [
      { share: 0, log: 0 },
      { share: 1, log: 0 },
    ];
  if (!second || !beforeLast || !last)
    return [
      { share: 0, log: first.log },
      { share: 1, log: first.log },
    ];
  const ends = [...distinct];
  if (first.share > 0) ends.unshift({ share: 0, log: lineAt(0, first, second) });
  if (last.share < 1) ends.push({ share: 1, log: lineAt(1, beforeLast, last) });
  return ends;
}

const lineAt = (share: number, a: Knot, b: Knot): number =>
  a.log + ((b.log - a.log) * (share - a.share)) / (b.share - a.share);
