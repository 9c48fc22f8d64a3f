import { z } from 'zod';

/**
 * What the installed clients said about each way in which an answer can arrive or fail to: the file
 * `content/client-words/recorded.json`, written by tools/recorder/clients. Texts hold placeholders such as `{host}`, see
 * src/gateway/client-words.ts.
 */

export const CLIENT_IDS = ['curl', 'requests', 'node'] as const;
export type ClientId = (typeof CLIENT_IDS)[number];

export const SCHEMES = ['http', 'https'] as const;
export type Scheme = (typeof SCHEMES)[number];

const text = z.string().min(1);
const client = z.strictObject({
  version: text.describe('Version number alone, e.g. 7.88.1'),
  program: text.describe('With what it is built on, e.g. curl 7.88.1, OpenSSL 3.0.19'),
});
const said = z.partialRecord(z.enum(CLIENT_IDS), text);

export const clientWordsSchema = z.strictObject({
  format: z.literal(1),
  date: z.iso.date('must be the date of the recording such as 2026-11-21'),
  platform: text,
  clients: z.record(z.enum(CLIENT_IDS), client),
  words: z.record(
    z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a kind such as body-cut-by-close'),
    z.partialRecord(z.enum(SCHEMES), said),
  ),
});

/** The recorded words of all clients. */
export type ClientWords = z.output<typeof clientWordsSchema>;
