import { z } from 'zod';

/** Facts of a page in `content/status/`, drawn above its text and in the table of all status codes. */

/** May a client send the request again? */
export const RETRY_WORDS = {
  never: 'No: the same request gets the same answer',
  'after-change': 'Only after a change to the request',
  wait: 'Yes, after the wait that Retry-After names, if the method allows it',
  idempotent: 'Yes, if the method is idempotent or carries an idempotency key',
  'any-method': 'Yes, with any method: it was not processed',
  follow: 'Follow it instead',
  none: 'There is nothing to repeat',
} as const;
export type RetryVerdict = keyof typeof RETRY_WORDS;

export const statusSchema = z.strictObject({
  code: z.int().min(0).max(999),
  name: z.string().min(2).max(60).describe('As the registry or its owner writes it'),
  owner: z.string().min(2).max(60).default('IETF').describe('Who defines it: IETF, nginx, Cloudflare, AWS, …'),
  defined: z.string().min(3).max(120).describe('Where, such as RFC 9110, section 15.6.3'),
  registered: z.boolean().describe('It is in the IANA registry'),
  deprecated: z.boolean().default(false),
  onTheWire: z.boolean().default(true).describe('A client can receive it; false for codes that only a log shows'),
  sentBy: z.string().min(2).max(120).describe('Who really sends it, in a few words'),
  retry: z.enum(Object.keys(RETRY_WORDS) as [RetryVerdict, ...RetryVerdict[]]),
  cacheable: z.boolean().default(false).describe('By default, without explicit freshness (RFC 9110, section 15.1)'),
  headers: z
    .array(z.string().regex(/^[A-Z][\w-]*$/))
    .default([])
    .describe('Header fields that belong to it'),
});

export type StatusFacts = z.output<typeof statusSchema>;
