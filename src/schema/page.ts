import { z } from 'zod';
import { causeSchema } from './page-cause.ts';
import { checklistSchema } from './page-checklist.ts';
import { gatewaySchema } from './page-gateway.ts';
import { statusSchema } from './page-status.ts';

/** What the frontmatter of a page carries besides Starlight's own fields, and the rules that depend on its folder. */

const source = z.strictObject({
  name: z
    .string('A source needs a name: what a reader would look for, such as "RFC 9110, section 15.6.3".')
    .min(3, 'The name of a source is too short to find it by.'),
  url: z.url({ protocol: /^https$/, error: 'The url of a source must be a full https:// address.' }).optional(),
});

/** The parts of the path through the guides, in order. */
export const GUIDE_PARTS = {
  A: 'The path of a request',
  B: 'Causes',
  C: 'Clients that survive',
  D: 'Load',
  E: 'AI gateways',
  F: 'Encryption',
} as const;
export type GuidePart = keyof typeof GUIDE_PARTS;

/** Terms of the glossary that a page leaves unexplained where it uses them first: their ids, or true for all of them. */
export const unexplainedSchema = z.union(
  [z.literal(true), z.array(z.string())],
  'unexplained must be true, or a list of ids of the glossary.',
);

export const pageSchema = z.object({
  reviewed: z
    .date('reviewed must be a date without quotes, such as 2026-11-21: the day someone last checked every claim.')
    .optional(),
  sources: z.array(source, 'sources must be a list of items with a name and, if there is one, a url.').default([]),
  part: z
    .enum(Object.keys(GUIDE_PARTS) as [GuidePart, ...GuidePart[]], 'part must be one of the letters A to F.')
    .optional(),
  objectives: z
    .array(z.string().min(15), 'objectives must be a list of what a reader can do after the page.')
    .min(2)
    .max(4)
    .optional(),
  faq: z.literal(true).optional(),
  seenAs: z
    .array(z.string().min(2).max(80))
    .max(8)
    .default([])
    .describe('What people paste or search for and should find this page by: a phrase of a log, a code, a class name'),
  unexplained: unexplainedSchema.optional(),
  cause: causeSchema.optional(),
  checklist: checklistSchema.optional(),
  status: statusSchema.optional(),
  gateway: gatewaySchema.optional(),
});

/** Folders whose pages make claims that age, so that each page must say when it was last checked. */
const REVIEWED_FOLDERS: readonly string[] = ['guides', 'checklists', 'causes', 'status', 'gateways', 'encryption'];

/** What the pages of a folder carry in their frontmatter, because it is drawn above their text. Index pages do not. */
const FACTS: Readonly<Record<string, string>> = { causes: 'cause', status: 'status', gateways: 'gateway' };

/**
 * What is wrong with a page's frontmatter, given the folder it lies in; `undefined` when nothing is.
 * @param id the page's id, such as `guides/502-bad-gateway-in-api-calls`
 * @returns one sentence for the author, naming the line to add
 */
export function pageProblem(id: string, frontmatter: Readonly<Record<string, unknown>>): string | undefined {
  const [folder = '', name] = id.split('/');
  if (REVIEWED_FOLDERS.includes(folder) && frontmatter.reviewed === undefined) {
    return (
      `Pages in content/${folder}/ must say when they were last checked. ` +
      'Add a line such as "reviewed: 2026-11-21" to the frontmatter.'
    );
  }
  if (frontmatter.description === undefined) {
    return 'The page has no description. Add one or two sentences to the frontmatter: search results and feeds show them.';
  }
  const facts = FACTS[folder];
  if (facts !== undefined && name !== undefined && frontmatter[facts] === undefined) {
    return `Pages in content/${folder}/ carry their facts under "${facts}:" in the frontmatter. src/schema/page-${facts}.ts says which.`;
  }
  return undefined;
}
