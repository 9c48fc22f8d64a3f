import { z } from 'zod';
import { duration } from './duration.ts';
import { serviceTimeSchema } from './system.ts';

/** Who sends requests, and how they retry. */

const rate = z
  .number('perSecond must be a number')
  .min(0, 'perSecond is at least 0')
  .max(1_000_000, 'perSecond is at most 1000000');

export const retryPolicySchema = z.strictObject({
  retries: z
    .int('retries must be a whole number')
    .min(0, 'retries is at least 0')
    .max(100, 'retries is at most 100')
    .default(0),
  delay: duration.default(0).describe('Before the first retry; naive clients do not wait at all'),
  factor: z
    .number()
    .min(1, 'factor is at least 1')
    .max(10, 'factor is at most 10')
    .default(1)
    .describe('2 doubles the delay each time'),
  cap: duration.default(20_000).describe('No delay is longer'),
  jitter: z
    .enum(['none', 'full', 'equal'], 'jitter must be none, full (0 to the delay) or equal (half of it to all of it)')
    .default('none'),
  honorRetryAfter: z.boolean().default(false),
  budget: z
    .strictObject({
      ratio: z
        .number()
        .min(0, 'ratio is at least 0')
        .max(10, 'ratio is at most 10')
        .default(0.1)
        .describe('Retries per request'),
      burst: z.number().min(0).max(1_000_000).default(10).describe('Retries that may be saved up'),
    })
    .optional()
    .describe('All clients share a token bucket: each request puts in a little, each retry takes one out'),
});

export const loadSchema = z
  .strictObject({
    duration: duration.default(60_000),
    open: z
      .strictObject({
        perSecond: rate,
        changes: z
          .array(z.strictObject({ at: duration, perSecond: rate }))
          .max(1000)
          .default([])
          .transform((changes) => [...changes].sort((a, b) => a.at - b.at)),
      })
      .optional()
      .describe('Arrivals that do not care how the service does (Poisson)'),
    closed: z
      .strictObject({
        clients: z
          .int('clients must be a whole number')
          .min(1)
          .max(100_000, 'clients is at most 100000: memory is bounded'),
        think: serviceTimeSchema.prefault({ exponential: '1s' }),
      })
      .optional()
      .describe('Clients that wait for their answer, think, and ask again'),
    method: z
      .string()
      .regex(/^[A-Z]+$/, 'a method is written in capitals, such as GET')
      .default('GET'),
    patience: duration.optional().describe("The client's own timeout; for ever, if left out"),
    retry: retryPolicySchema.prefault({}),
  })
  .refine(
    ({ open, closed }) => (open === undefined) !== (closed === undefined),
    'load takes exactly one of: open, closed',
  );

export type RetryPolicy = z.output<typeof retryPolicySchema>;
export type Load = z.output<typeof loadSchema>;
