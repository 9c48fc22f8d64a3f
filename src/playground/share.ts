import * as z from 'zod/mini';
import type { TimeMode } from '../sandbox/protocol.ts';
import type { Adjustments } from './adjust.ts';

/** What a share link or a bundle carries: everything that makes a run repeatable. */
export interface Share {
  /** Id of the playground in its page; null when the page does not matter. */
  readonly id: string | null;
  /** Path of the page it was made on, e.g. `/guides/502-bad-gateway-in-api-calls/`; empty when it is not known. */
  readonly page: string;
  readonly title: string;
  /** Name of the file that was shown. */
  readonly file: string;
  /** Every file of the program, by name. */
  readonly code: Readonly<Record<string, string>>;
  readonly scenario: SharedScenario;
  readonly time: TimeMode;
}

/** A scenario of the site, or the whole text of one; and what the controls changed about it. */
export type SharedScenario = ({ readonly id: string } | { readonly yaml: string }) & {
  readonly adjust?: Adjustments;
};

/** The longest scenario that is taken, in characters. The longest of the site has a twentieth of it. */
export const MOST_YAML = 100_000;
const MOST_CODE = 400_000;
const MOST_FILES = 8;

const gateway = z.string().check(z.regex(/^[a-z][a-z0-9-]*(@[\w.-]+)?$/), z.maxLength(80));
const name = z.string().check(z.regex(/^[a-z0-9][\w.-]*$/i), z.maxLength(80));
const count = z.int().check(z.minimum(0), z.maximum(1_000_000));

const adjustments = z.strictObject({
  gateway: z.optional(gateway),
  fault: z.optional(name),
  failFirst: z.optional(z.nullable(count)),
  failureRate: z.optional(z.nullable(z.number().check(z.minimum(0), z.maximum(1)))),
  seed: z.optional(z.int().check(z.minimum(0))),
});

const sharedScenario = z.union([
  z.strictObject({ id: name, adjust: z.optional(adjustments) }),
  z.strictObject({ yaml: z.string().check(z.maxLength(MOST_YAML)), adjust: z.optional(adjustments) }),
]);

const shareSchema = z.object({
  id: z.nullable(name),
  page: z.string().check(z.regex(/^(?:\/(?!\/)[\w./-]*)?$/), z.maxLength(200)),
  title: z.string().check(z.maxLength(200)),
  file: z.union([name, z.literal('')]),
  code: z
    .record(name, z.string().check(z.maxLength(MOST_CODE)))
    .check(z.refine((files) => Object.keys(files).length > 0 && Object.keys(files).length <= MOST_FILES)),
  scenario: sharedScenario,
  time: z.enum(['instant', 'fast', 'real']),
});

/** What links carried before there was a second version: one file and no more. */
const firstShareSchema = z.object({ v: z.literal(1), id: name, code: z.string(), file: name, scenario: name });

/** Takes a share out of data that anybody may have written; null when it is none. */
export function shareFrom(data: unknown): Share | null {
  const parsed = shareSchema.safeParse(data);
  return parsed.success ? (plain(parsed.data) as Share) : null;
}

/** Takes the scenario out of a draft that anybody may have written; null when it is none. @param text JSON */
export function sharedScenarioFrom(text: string): SharedScenario | null {
  try {
    const parsed = sharedScenario.safeParse(JSON.parse(text));
    return parsed.success ? (plain(parsed.data) as SharedScenario) : null;
  } catch {
    return null;
  }
}

/** Zod may leave fields that are undefined; leaving them out is what the types say. */
const plain = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

/** Takes a share out of the data of a link of the first version; null when it is none. */
export function firstShareFrom(data: unknown): Share | null {
  const parsed = firstShareSchema.safeParse(data);
  if (!parsed.success) return null;
  const { id, code, file, scenario } = parsed.data;
  return { id, page: '', title: '', file, code: { [file]: code }, scenario: { id: scenario }, time: 'instant' };
}
