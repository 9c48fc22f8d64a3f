import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The glossary, read from `content/glossary/<id>.yaml` at build time. */

const FOLDER = path.resolve('content/glossary');

const termSchema = z.strictObject({
  term: z.string().min(2).describe('The word, as it stands in running text'),
  also: z
    .array(z.string().min(2))
    .default([])
    .describe('Other forms under which pages name it, such as its plural or its abbreviation'),
  everyday: z
    .literal(true)
    .optional()
    .describe('Also a word of everyday language: pages explain it only where their author writes <Term>'),
  definition: z.string().min(20).max(300).describe('One or two sentences that a reader can follow without this word'),
});

export type Term = z.output<typeof termSchema>;

/** The term with this id. Throws a sentence that names the file and the fix. */
export function definitionOf(id: string): Term {
  const file = path.join(FOLDER, `${id}.yaml`);
  if (!existsSync(file))
    throw new Error(
      `There is no term "${id}". The terms are ${termIds().join(', ')}; add content/glossary/${id}.yaml.`,
    );
  const parsed = termSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`content/glossary/${id}.yaml: ${z.prettifyError(parsed.error)}`);
  return { ...parsed.data, definition: parsed.data.definition.trim() };
}

const termIds = (): string[] => readdirSync(FOLDER).map((file) => file.replace(/\.yaml$/, ''));

/** All terms, by their words. */
export const allTerms = (): (Term & { readonly id: string })[] =>
  termIds()
    .map((id) => ({ id, ...definitionOf(id) }))
    .sort((a, b) => a.term.localeCompare(b.term, 'en'));

/** The attributes of a link to a term, which has its meaning at hand: components/shell/term-meaning.ts shows it. */
export const termLink = (id: string): { class: string; href: string; 'aria-description': string } => ({
  class: 'term',
  href: `/glossary/#${id}`,
  'aria-description': definitionOf(id).definition,
});

const usedOn = new WeakMap<Request, Set<string>>();

/** Notes that a page marks a term. Throws when it does so twice: one meaning a page is enough. */
export function firstUse(request: Request, id: string, page: string): void {
  const used = usedOn.get(request) ?? new Set();
  if (used.has(id))
    throw new Error(
      `${page} marks the term "${id}" twice. Keep <Term id="${id}" /> where it stands first, and write the word elsewhere.`,
    );
  usedOn.set(request, used.add(id));
}
