import { expect, it } from 'vitest';
import { nearestNames } from './nearest.ts';

it('finds the id that was meant', () => {
  const known = ['connect-refused', 'connect-timeout', 'read-timeout', 'close-after-request'];
  expect(nearestNames('conect-refused', known)[0]).toBe('connect-refused');
  expect(nearestNames('refused', known)[0]).toBe('connect-refused');
  expect(nearestNames('clos-after', [...known, 'ok', 'all-down'], 1)).toEqual(['close-after-request']);
  expect(nearestNames('close-afterrequest', known, 1)).toEqual(['close-after-request']);
});
