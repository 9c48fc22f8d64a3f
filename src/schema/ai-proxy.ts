import { z } from 'zod';

/**
 * What a proxy for language models answered while its model server failed: a file `content/ai-proxies/<proxy>@<version>.json`,
 * written by tools/recorder/ai. Such a proxy is no gateway of the simulator: it reads the request and asks in its own words.
 *
 * Texts hold placeholders in place of what changes from run to run, such as `{{date}}` and `{{id}}`; in
 * bodies, zeros stand there, so that their lengths stay true.
 */

const text = z.string().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be an id such as close-after-request');

const event = z.discriminatedUnion('kind', [
  z.strictObject({ at: z.number().min(0), kind: z.literal('bytes'), bytes: z.string() }),
  z.strictObject({ at: z.number().min(0), kind: z.enum(['close', 'reset', 'stall']) }),
]);

const recordingSchema = z.strictObject({
  fault: id.describe('What the model server does, see tools/recorder/ai/model-faults.ts'),
  retries: z.int().min(0).describe('num_retries of the proxy'),
  fallback: z.boolean().describe('A second, healthy model was set up as the fallback'),
  stream: z.boolean().describe('The client asked for server-sent events'),
  wire: z.array(event).describe('What came to the client, `at` in ms since the request was sent'),
  attempts: z.int().min(0).nullable().describe('Requests that the model server saw; null where it cannot see them'),
  fallbackAttempts: z.int().min(0).describe('Requests that the fallback saw'),
  log: z.strictObject({
    access: z.array(text),
    error: z.array(text).describe('First lines of the error records, and the exceptions named in their tracebacks'),
  }),
});

const cooldownSchema = z.strictObject({
  fault: id,
  statuses: z.array(z.int()).describe('Statuses of requests in a row'),
  attempts: z.array(z.int()).describe('Requests that each of the two model servers saw'),
  lastBody: text,
});

const sdkSchema = z.strictObject({
  fault: id,
  retries: z
    .int()
    .min(0)
    .nullable()
    .describe('num_retries of the proxy; null where the client asked the model server itself'),
  stream: z.boolean(),
  attempts: z.int().min(0).describe('Requests that the model server saw'),
  words: z.string().describe('What the client had of the answer'),
  finish: z.string().nullable().describe('finish_reason'),
  error: text.nullable().describe('The exception that the program met'),
});

export const aiProxySchema = z.strictObject({
  format: z.literal(1),
  proxy: id,
  version: text.describe('Version number alone, e.g. 1.100.5'),
  program: text.describe('With what it is built on'),
  platform: text,
  date: z.iso.date('must be the date of the recording such as 2026-11-22'),
  settings: text.describe('The settings in words'),
  config: text.describe('The configuration file for one model'),
  recordings: z.array(recordingSchema),
  sdk: z.array(sdkSchema).describe('What the Python client of OpenAI made of it, with its settings at their defaults'),
  cooldown: cooldownSchema.describe(
    'Two servers of one model that both fail, with the settings for it at their defaults',
  ),
});

export type AiProxySet = z.output<typeof aiProxySchema>;
export type AiRecording = z.output<typeof recordingSchema>;
/** What names one recording of a set. */
export type AiCase = Pick<AiRecording, 'fault' | 'retries' | 'fallback'>;
