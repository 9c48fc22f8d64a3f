import type { PageSource } from './page-sources.ts';

/** The sections that every page of a kind has, so that a reader who knows one page knows where to look on all. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  causes: [
    ...['What you see', 'In the log', 'Why it happens', 'Confirm it', 'Rule it out', 'Fix it', 'Prevent it', 'Try it'],
  ],
  gateways: [
    ...['How to recognize it', 'What it answers', 'Timers', 'What it repeats by itself', 'Logs', 'Five mistakes'],
    'Reproduce it',
  ],
  status: ['What it means', 'Who sends it', 'May I repeat the request?', 'What your client does', 'Try it'],
};

/** The headings of level two, in their order. */
const headingsOf = ({ proseLines }: PageSource): string[] =>
  proseLines.flatMap((line) => /^##\s+(.+?)\s*$/.exec(line)?.[1] ?? []);

const isIndex = ({ file }: PageSource): boolean => /\/index\.mdx?$/.test(file);

/** What a page lacks of its kind, one line each. */
export function missingSections(page: PageSource): string[] {
  if (isIndex(page)) return [];
  const headings = headingsOf(page);
  const wanted = SECTIONS[page.folder] ?? [];
  const missing = wanted.filter((title) => !headings.includes(title)).map((title) => `needs a heading "## ${title}"`);
  const found = headings.filter((title) => wanted.includes(title));
  const inOrder = wanted.filter((title) => found.includes(title));
  if (found.join() !== inOrder.join()) missing.push(`has its sections in another order than ${inOrder.join(', ')}`);
  return ['guides', 'encryption'].includes(page.folder) ? [...missing, ...guideProblems(page, headings)] : missing;
}

/** Guides, those on encryption too, belong to a part of the path, say what one can do after them, and let the reader try. */
function guideProblems({ frontmatter, source, proseLines }: PageSource, headings: readonly string[]): string[] {
  const { part, objectives } = frontmatter;
  const problems: string[] = [];
  if (typeof part !== 'string' || !/^[A-F]$/.test(part)) problems.push('needs "part:" with a letter from A to F');
  if (!Array.isArray(objectives) || objectives.length < 2) problems.push('needs "objectives:" with at least two items');
  const playgrounds = source.split(/<Playground[\s>]/).length - 1;
  if (playgrounds < 2) problems.push(`has ${playgrounds} playgrounds and needs two`);
  const deeper = proseLines.filter((line) => /^###\s/.test(line)).map((line) => line.replace(/^###\s+/, ''));
  if (![...headings, ...deeper].some((title) => title.startsWith('Predict, then run')))
    problems.push('needs a heading that begins with "Predict, then run"');
  return problems;
}
