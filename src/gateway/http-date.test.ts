import { expect, it } from 'vitest';
import { httpDate } from './http-date.ts';

it('writes a moment as HTTP does, also when the next one is earlier', () => {
  const at = Date.UTC(2026, 0, 15, 9, 0, 0);
  expect([at, at + 999, at + 1000, at - 1, at].map(httpDate)).toEqual([
    'Thu, 15 Jan 2026 09:00:00 GMT',
    'Thu, 15 Jan 2026 09:00:00 GMT',
    'Thu, 15 Jan 2026 09:00:01 GMT',
    'Thu, 15 Jan 2026 08:59:59 GMT',
    'Thu, 15 Jan 2026 09:00:00 GMT',
  ]);
});
