import { describe, expect, it } from 'vitest';
import { asctimeMicros, commonLogTime, dashedTime, logTime, slashedTime } from './log-time.ts';

const NINE = Date.UTC(2026, 0, 5, 9, 7, 3, 45);

describe('times of day in logs', () => {
  it('writes NCSA’s', () => {
    expect(logTime(NINE)).toBe('05/Jan/2026:09:07:03');
    expect(commonLogTime(NINE)).toBe('05/Jan/2026:09:07:03 +0000');
  });

  it('writes those that start with the year', () => {
    expect(slashedTime(NINE)).toBe('2026/01/05 09:07:03');
    expect(dashedTime(NINE)).toBe('2026-01-05 09:07:03');
  });

  it('writes asctime with microseconds, the day of the month with two digits', () => {
    expect(asctimeMicros(NINE)).toBe('Mon Jan 05 09:07:03.045000 2026');
  });
});
