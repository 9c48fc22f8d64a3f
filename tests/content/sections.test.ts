import path from 'node:path';
import { expect, test } from 'vitest';
import { sidebarFrom, type SidebarGroup } from '../../src/build/sidebar.ts';
import { pageSources, type PageSource } from './page-sources.ts';
import { missingSections } from './sections.ts';

const pages = pageSources();
const withClaims = pages.filter(({ folder }) =>
  ['guides', 'checklists', 'causes', 'status', 'gateways', 'encryption'].includes(folder),
);

/** What is wrong with the date of a review, seen from `today`; undefined when nothing is. */
function reviewProblem(reviewed: unknown, today: Date): string | undefined {
  if (typeof reviewed !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(reviewed)) return 'add "reviewed: <date>"';
  const days = (today.getTime() - Date.parse(reviewed)) / 86_400_000;
  if (days < 0) return `${reviewed} has not come yet`;
  return days > 366 ? `${reviewed} is more than a year ago: check every claim again` : undefined;
}

test.each(withClaims.filter(({ file }) => !file.endsWith('/index.mdx')))(
  '$file names its sources, and was reviewed in the last year',
  ({ frontmatter: { reviewed, sources } }) => {
    expect(reviewProblem(reviewed, new Date())).toBeUndefined();
    expect(JSON.stringify(sources), 'add "sources:" with at least one name').toContain('"name":"');
  },
);

test('a review in the future, and one that is too old, are found', () => {
  const today = new Date('2026-11-22T12:00:00Z');
  expect(reviewProblem('2026-11-22', today)).toBeUndefined();
  expect(reviewProblem('2026-12-24', today)).toContain('has not come yet');
  expect(reviewProblem('2025-10-01', today)).toContain('more than a year ago');
  expect(reviewProblem(undefined, today)).toContain('reviewed');
});

const pageWith = (folder: string, ...headings: string[]): PageSource => ({
  file: `content/${folder}/page.mdx`,
  folder,
  path: `/${folder}/page/`,
  source: '',
  frontmatter: {},
  fences: [],
  proseLines: headings.map((title) => `## ${title}`),
});

test('a section that is missing or in the wrong place is found', () => {
  const status = ['What it means', 'Who sends it', 'May I repeat the request?', 'What your client does', 'Try it'];
  expect(missingSections(pageWith('status', ...status))).toEqual([]);
  expect(missingSections(pageWith('status', ...status.slice(1)))).toEqual(['needs a heading "## What it means"']);
  expect(missingSections(pageWith('status', ...status.toReversed()))).toEqual([
    expect.stringContaining('another order'),
  ]);
  expect(missingSections(pageWith('guides', 'Anything'))).toHaveLength(4);
});

/** The addresses to which the prose of a page leads, and those of its components that are links. */
const linksOf = ({ proseLines }: PageSource): string[] => {
  const prose = proseLines.join('\n');
  const addresses = [...prose.matchAll(/(?:\]\(|href=["'{`]+)(\/[^)\s"'`#]*)/g)].map(([, target = '']) => target);
  const components = [...prose.matchAll(/<(Cause|Gateway) id="([^"]+)"/g)].map(
    ([, kind = '', id = '']) => `/${kind.toLowerCase()}s/${id}/`,
  );
  const codes = [...prose.matchAll(/<Status code=\{(\d+)\}/g)].map(([, code = '']) => `/status/${code}/`);
  return [...addresses, ...components, ...codes];
};

const inSidebar = (groups: readonly (SidebarGroup | { slug: string })[]): string[] =>
  groups.flatMap((item) => ('slug' in item ? [`/${item.slug}/`] : inSidebar(item.items)));

test('no page is an orphan: the sidebar has it, or the prose of another page leads to it', () => {
  const known = new Set(['/', ...inSidebar(sidebarFrom(path.resolve('content')))]);
  for (const page of pages) for (const link of linksOf(page)) if (link !== page.path) known.add(link);
  expect(pages.filter((page) => !known.has(page.path)).map(({ file }) => file)).toEqual([]);
});
