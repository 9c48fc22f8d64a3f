import { z } from 'zod';
import { duration } from './duration.ts';

/**
 * When a fault strikes. One rule, or a list of which any may strike:
 *
 *     schedule: { first: 2 }
 *     schedule:
 *       - { methods: [POST], probability: 0.2 }
 *       - { during: { from: 5s, to: 20s }, every: 3 }
 *
 * `methods`, `path`, `headers` and `during` say which requests a rule looks at; only those count. Of the rest, everything
 * that is written has to agree. A rule with none of it always strikes.
 */

const share = (what: string) =>
  z.number(`${what} must be a number from 0 to 1`).min(0, `${what} is at least 0`).max(1, `${what} is at most 1`);

const positive = (what: string) => z.int(`${what} must be a whole number`).min(1, `${what} is at least 1`);

const span = z
  .strictObject({ from: duration, to: duration }, 'must have from and to, such as { from: 5s, to: 20s }')
  .refine(({ from, to }) => from < to, 'a span ends after it begins: from must be earlier than to');

/** One thing counts as a list of one. */
const listOf = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);

const rule = z.strictObject({
  methods: z
    .array(z.string().regex(/^[A-Z]+$/, 'a method is written in capitals, such as POST'))
    .min(1)
    .optional(),
  path: z.string().startsWith('/', 'path begins with /; a trailing * matches any rest').optional(),
  headers: z.record(z.string(), z.string()).optional().describe('Headers the request must have, with these values'),
  during: z.preprocess(listOf, z.array(span).min(1)).optional(),
  first: z.int('first must be a whole number').min(0, 'first is at least 0').optional(),
  after: z.int('after must be a whole number').min(0, 'after is at least 0').optional().describe('Spare the first N'),
  every: positive('every').optional().describe('Strike each Nth request'),
  probability: share('probability').optional(),
  burst: z
    .strictObject({
      enter: share('enter').describe('Probability that a bad spell begins with a request'),
      leave: share('leave').describe('Probability that it ends with one'),
      good: share('good').default(0).describe('Probability to strike outside of a bad spell'),
      bad: share('bad').default(1).describe('Probability to strike inside'),
    })
    .optional()
    .describe('Gilbert–Elliott: failures come in bursts'),
  ramp: z
    .strictObject({ from: duration, to: duration, start: share('start').default(0), end: share('end').default(1) })
    .refine(({ from, to }) => from < to, 'a ramp ends after it begins: from must be earlier than to')
    .optional()
    .describe('Probability that grows or falls evenly; constant before and after'),
});

export const faultScheduleSchema = z.preprocess(listOf, z.array(rule).min(1, 'a list of rules needs at least one'));

export const chapterSchema = z.strictObject({
  name: z.string().min(1, 'a chapter needs a name, such as "deploy"'),
  at: duration.describe('When it begins; it lasts until the next one'),
  fault: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a fault id such as close-after-request')
    .default('ok'),
  schedule: faultScheduleSchema.prefault({}),
  slow: z.number().min(0).max(1000).default(1).describe('Factor on every service time'),
  load: z.number().min(0).max(1000).default(1).describe('Factor on the arrival rate'),
});

/** The story of a run: "t=0 fine, t=5 s deploy, t=20 s brown-out, t=40 s recovery". */
export const chaptersSchema = z
  .array(chapterSchema)
  .max(1000)
  .refine(
    (chapters) => chapters.every(({ at }, index) => index === 0 || at > (chapters[index - 1]?.at ?? 0)),
    'chapters must be in order: each begins after the one before it',
  );

export type FaultRule = z.output<typeof rule>;
export type FaultSchedule = z.output<typeof faultScheduleSchema>;
export type Chapter = z.output<typeof chapterSchema>;
