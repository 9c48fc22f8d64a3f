import { z } from 'zod';
import { DOCUMENTED_GATEWAY_IDS } from '../gateway/ids.ts';
import { duration } from './duration.ts';

/**
 * What the vendor of a gateway documents about its answers: `content/documented/<gateway>.yaml`. Facts in our own words,
 * each with the page that states it; a fault that no answer lists is not documented.
 *
 * Texts may hold placeholders such as `{{path}}`: the values of one exchange (src/gateway/documented/values.ts) and the
 * fields of the log line.
 */

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const ids = (what: string) =>
  z
    .array(z.string().regex(ID, `must be the id of a ${what}, such as close-after-request`))
    .min(1, `name at least one ${what}`);

const date = z.iso.date('must be a date such as 2026-11-21');
const sentence = z.string().min(12, 'must be a sentence');
const headers = z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'is not a header name'), z.string());
const fields = z.record(
  z.string().regex(/^[\w-]+$/, 'must be the name of a log field, such as error_reason'),
  z.string(),
);
const sourceKey = z.string().regex(ID, 'must be the key of an entry in sources');

const source = z.strictObject({
  name: z.string().min(5).describe('Title of the page'),
  url: z.url('must be the address of the page'),
});

const ownAnswer = z.strictObject({
  kind: z.literal('own').describe('The gateway answers by itself'),
  status: z.int().min(200).max(599),
  reason: z.string(),
  headers: headers.default({}),
  body: z.string().default(''),
  bodyIs: z
    .enum(
      ['exact', 'excerpt', 'undocumented'],
      'must be exact, excerpt (identifying marks of a longer page) or undocumented',
    )
    .describe('How much of the real body this is'),
});

const passedAnswer = z.strictObject({
  kind: z.literal('passes').describe("The gateway passes the upstream's response on, as far as it came"),
  headers: headers.default({}).describe('Headers in place of those that it adds to other responses of the upstream'),
});

const noAnswer = z.strictObject({
  kind: z.literal('client-left').describe('The client went away first; only the log knows'),
});

const answer = z.strictObject({
  faults: ids('fault'),
  variants: ids('variant').optional().describe('Only these variants answer so; all, when left out'),
  says: sentence.describe('What the page says, in our own words'),
  source: sourceKey,
  answer: z.discriminatedUnion('kind', [ownAnswer, passedAnswer, noAnswer], 'kind must be own, passes or client-left'),
  after: duration
    .optional()
    .describe('When the gateway gives up, where a timer of its own decides and its value is documented'),
  attempts: z.int().min(0).default(1).describe('How often it asks an upstream'),
  log: fields.default({}).describe('Fields of the log lines that differ from the defaults'),
});

const logLine = z.strictObject({
  line: z.string().min(1).describe('The line with {{placeholders}}'),
  source: sourceKey,
});

export const documentedSetSchema = z
  .strictObject({
    format: z.literal(1, 'must be 1, the version of this format'),
    gateway: z.enum(DOCUMENTED_GATEWAY_IDS, `must be one of ${DOCUMENTED_GATEWAY_IDS.join(', ')}`),
    name: z.string().min(3).describe('The name that the vendor gives the product'),
    reviewed: date.describe('When somebody last compared this file with the pages'),
    sources: z.record(sourceKey, source),
    variants: z
      .array(z.strictObject({ id: z.string().regex(ID), name: z.string() }))
      .min(1, 'needs at least one variant; the first is the one that answers when none is asked for'),
    headers: headers.default({}).describe('Headers of every answer that the gateway makes itself'),
    addedHeaders: headers.default({}).describe("Headers that the gateway adds to an upstream's response"),
    log: z.strictObject({
      access: logLine.optional().describe('The line of every request'),
      error: logLine.optional().describe('A further line, written where an answer sets the field error'),
      fields: fields.default({}).describe('Fields of the lines, with their usual values'),
    }),
    answers: z.array(answer).min(1),
    silent: z
      .array(z.strictObject({ faults: ids('fault'), why: sentence }))
      .default([])
      .describe('Why the pages cannot or do not say it, for faults where a reader would expect them to'),
  })
  .superRefine(({ answers, sources, variants, log, silent }, context) => {
    const known = new Set(variants.map(({ id }) => id));
    const sourceOf = [log.access, log.error, ...answers].flatMap((entry) => (entry ? [entry.source] : []));
    for (const key of new Set(sourceOf)) {
      if (!(key in sources))
        context.addIssue(`sources has no entry "${key}"; its entries are ${Object.keys(sources).join(', ')}`);
    }
    const answered = new Set<string>();
    for (const [index, { faults, variants: only }] of answers.entries()) {
      const path = ['answers', index];
      for (const variant of only ?? known) {
        if (!known.has(variant))
          context.addIssue({ code: 'custom', path, message: `there is no variant "${variant}"` });
        for (const fault of faults) {
          const key = `${fault} of ${variant}`;
          if (answered.has(key)) context.addIssue({ code: 'custom', path, message: `${key} has an answer already` });
          answered.add(key);
        }
      }
    }
    for (const [index, { faults }] of silent.entries()) {
      for (const fault of faults.filter((id) => [...known].every((variant) => answered.has(`${id} of ${variant}`)))) {
        context.addIssue({ code: 'custom', path: ['silent', index], message: `${fault} has an answer` });
      }
    }
  });

/** The documented answers of one gateway, every default filled in; durations in ms. */
export type DocumentedSet = z.output<typeof documentedSetSchema>;
export type DocumentedAnswer = DocumentedSet['answers'][number];
