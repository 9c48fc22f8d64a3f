import { z } from 'zod';

/** What the frontmatter of a page carries besides Starlight's own fields, and the rules that depend on its folder. */

const source = z.strictObject({
  name: z
    .string('A source needs a name: what a reader would look for, such as "RFC 9110, section 15.6.3".')
    .min(3, 'The name of a source is too short to find it by.'),
  url: z.url({ protocol: /^https$/, error: 'The url of a source must be a full https:// address.' }).optional(),
});

export const pageSchema = z.object({
  reviewed: z
    .date('reviewed must be a date without quotes, such as 2026-11-21: the day someone last checked every claim.')
    .optional(),
  sources: z.array(source, 'sources must be a list of items with a name and, if there is one, a url.').default([]),
});

/** Folders whose pages make claims that age, so that each page must say when it was last checked. */
const REVIEWED_FOLDERS: readonly string[] = ['guides', 'checklists', 'causes'];

/**
 * What is wrong with a page's frontmatter, given the folder it lies in; `undefined` when nothing is.
 * @param id the page's id, such as `guides/502-bad-gateway-in-api-calls`
 * @returns one sentence for the author, naming the line to add
 */
export function pageProblem(id: string, frontmatter: Readonly<Record<string, unknown>>): string | undefined {
  const folder = id.split('/')[0] ?? '';
  if (REVIEWED_FOLDERS.includes(folder) && frontmatter.reviewed === undefined) {
    return (
      `Pages in content/${folder}/ must say when they were last checked. ` +
      'Add a line such as "reviewed: 2026-11-21" to the frontmatter.'
    );
  }
  if (frontmatter.description === undefined) {
    return 'The page has no description. Add one or two sentences to the frontmatter: search results and feeds show them.';
  }
  return undefined;
}
