import { describe, expect, it } from 'vitest';
import { faultScheduleSchema } from '../schema/fault-schedule.ts';
import { turnsOf } from './turns.ts';

const turns = (schedule: unknown) => turnsOf({ schedule: faultScheduleSchema.parse(schedule) });

describe('the turns of a schedule', () => {
  it.each([
    [{}, { kind: 'always' }],
    [{ first: 0 }, { kind: 'never' }],
    [{ probability: 0.25 }, { kind: 'dice', probability: 0.25 }],
    [{ first: 2 }, { kind: 'counted', outcomes: [true, true, false], repeatFrom: 2, words: 'the first 2' }],
    [{ every: 3 }, { kind: 'counted', outcomes: [false, false, true], repeatFrom: 0, words: 'one in 3' }],
    [
      { after: 1, first: 1 },
      {
        kind: 'counted',
        outcomes: [false, true, false],
        repeatFrom: 2,
        words: 'not the first 1, the first 1 after them',
      },
    ],
    [{ after: 2 }, { kind: 'counted', outcomes: [false, false, true], repeatFrom: 2, words: 'not the first 2' }],
    [{ during: { from: '1s', to: '2s' } }, { kind: 'other', words: 'during' }],
    [
      { first: 2, methods: ['GET'] },
      { kind: 'other', words: 'methods' },
    ],
    [[{ first: 1 }, { every: 2 }], { kind: 'other', words: 'several rules' }],
    [{ first: 5000 }, { kind: 'other', words: 'a count of 5001' }],
  ])('%j', (schedule, expected) => expect(turns(schedule)).toEqual(expected));
});
