import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

const draws = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seeded random', () => {
  it('repeats itself for the same seed and differs for another', () => {
    expect(draws(502, 20)).toEqual(draws(502, 20));
    expect(draws(502, 20)).not.toEqual(draws(503, 20));
    expect(draws(1, 20)).not.toEqual(draws(1 + 2 ** 32, 20));
  });

  it('is uniform in [0, 1): every tenth gets its share of 100,000 draws', () => {
    const buckets = new Array<number>(10).fill(0);
    for (const draw of draws(7, 100_000)) {
      const bucket = Math.floor(draw * 10);
      buckets[bucket] = (buckets[bucket] ?? NaN) + 1;
    }
    // Nine degrees of freedom: chi-square above 27.9 has a probability of 0.001, and the seed is fixed.
    const chiSquare = buckets.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });
});
