import { describe, expect, it } from 'vitest';
import { serviceTimeSchema } from '../../schema/system.ts';
import { seededRandom } from '../random.ts';
import { distributionOf } from './distribution.ts';

const draw = (written: unknown, count = 200_000): Float64Array => {
  const distribution = distributionOf(serviceTimeSchema.parse(written));
  const random = seededRandom(11);
  return Float64Array.from({ length: count }, () => distribution.sample(random)).sort();
};

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const at = (values: Float64Array, share: number): number => values[Math.floor(share * values.length)] ?? NaN;

describe('service times', () => {
  it.each([
    ['40ms', 40],
    [{ uniform: ['20ms', '60ms'] }, 40],
    [{ exponential: '40ms' }, 40],
    [{ lognormal: { median: '40ms', sigma: 0.5 } }, 40 * Math.exp(0.125)],
    [{ percentiles: { p50: '40ms', p90: '200ms', p99: '2s' } }, null],
  ])('%j has the mean that it says', (written, mean) => {
    const said = distributionOf(serviceTimeSchema.parse(written)).mean;
    if (mean !== null) expect(said).toBeCloseTo(mean, 9);
    expect(meanOf(draw(written)) / (said ?? NaN)).toBeCloseTo(1, 1.5);
  });

  it('has the percentiles that a dashboard showed', () => {
    const values = draw({ percentiles: { p50: '40ms', p90: '200ms', p99: '2s' } });
    expect(at(values, 0.5)).toBeCloseTo(40, -0.5);
    expect(at(values, 0.9) / 200).toBeCloseTo(1, 1);
    expect(at(values, 0.99) / 2000).toBeCloseTo(1, 0.7);
    // Halfway between two percentiles the time is their geometric mean.
    expect(at(values, 0.7) / Math.sqrt(40 * 200)).toBeCloseTo(1, 1);
  });

  it('has the median of its log-normal, and nothing above max', () => {
    const values = draw({ lognormal: { median: '40ms', sigma: 1, max: '100ms' } });
    expect(at(values, 0.5) / 40).toBeCloseTo(1, 1.5);
    expect(values.at(-1)).toBe(100);
    expect(distributionOf({ lognormal: { median: 40, sigma: 1, max: 100 } }).mean).toBeNull();
  });
});
