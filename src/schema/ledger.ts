import { z } from 'zod';
import { duration } from './duration.ts';

/** How an application treats idempotency keys. */
export const ledgerSchema = z.strictObject({
  keys: z.boolean().default(true).describe('false: the application ignores keys, so a repeated request is done again'),
  header: z.string().default('Idempotency-Key'),
  keepFor: duration.default(86_400_000).describe('How long a key is remembered; Stripe: at least 24 hours'),
  stores: z
    .enum(['everything', 'successes'], 'stores must be everything (as Stripe: a 500 is replayed too) or successes')
    .default('everything'),
  mismatch: z
    .literal([400, 409, 422], 'mismatch must be 422 (the IETF draft), 409 or 400 (Stripe)')
    .default(422)
    .describe('Status for the same key with another request'),
  inProgress: z
    .literal([409, 425], 'inProgress must be 409 or 425')
    .default(409)
    .describe('Status while the first one still runs'),
});

export type LedgerSettings = z.output<typeof ledgerSchema>;
