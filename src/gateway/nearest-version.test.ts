import { describe, expect, it } from 'vitest';
import { nearestVersion } from './nearest-version.ts';

describe('the version that answers', () => {
  const versions = ['1.22.1', '1.30.4'];
  it.each([
    [null, '1.30.4'],
    ['1.22', '1.22.1'],
    ['1.24', '1.22.1'],
    ['1.18', '1.22.1'],
    ['2.0', '1.30.4'],
  ])('for %s is %s', (wanted, chosen) => {
    expect(nearestVersion(versions, wanted)).toBe(chosen);
  });
  it('is none when nothing was recorded', () => expect(nearestVersion([], null)).toBeNull());
});
