import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DATA_FILES } from '../../src/build/data/index.ts';
import { anchorsOf, pageSources, type PageSource } from './page-sources.ts';

const pages = pageSources();
const byPath = new Map(pages.map((page) => [page.path, page]));

/** The places of a page, found once however many links lead there. */
const known = new Map<PageSource, readonly string[]>();
function placesOf(page: PageSource): readonly string[] {
  const places = known.get(page) ?? anchorsOf(page);
  known.set(page, places);
  return places;
}

const routes = readdirSync('src/pages', { recursive: true, encoding: 'utf8' }).filter((file) => !file.includes('['));

interface Link {
  readonly href: string;
  readonly line: number;
}

const LINKS = [/\]\(\s*<?([^)\s>]+)/g, /\bhref\s*[=:]\s*\{?\s*["'`]([^"'`]+)/g];

const linksIn = (lines: readonly string[]): Link[] =>
  lines.flatMap((text, index) =>
    LINKS.flatMap((link) => [...text.matchAll(link)].map(([, href = '']) => ({ href, line: index + 1 }))),
  );

/** What is wrong with a link, as a sentence; undefined when it leads somewhere. */
function problemOf(href: string, from: string): string | undefined {
  if (/^https:\/\//.test(href)) return undefined;
  if (/^[a-z]+:/i.test(href)) return `${href}: write an https:// address`;
  if (!/^[/#]/.test(href)) return `${href}: write the address from the root, such as /guides/…/`;
  const [path = '', anchor] = href.split('#');
  const target = path === '' ? from : path;
  const page = byPath.get(target);
  if (!page) return isFileOrRoute(target) ? undefined : `${href}: there is no page ${target}`;
  if (anchor === undefined || placesOf(page).includes(anchor)) return undefined;
  return `${href}: ${page.file} has no place #${anchor}; it has ${placesOf(page).join(', ')}`;
}

/** Paths that `public/` or a route without parameters answers, the data for programs, and the pages' Markdown. */
function isFileOrRoute(path: string): boolean {
  if (existsSync(`public${path}`) && !path.endsWith('/')) return true;
  if (path.endsWith('/index.md')) return byPath.has(path.replace(/index\.md$/, ''));
  if (DATA_FILES.some(({ name }) => [`/data/${name}.json`, `/data/${name}.schema.json`].includes(path))) return true;
  return routes.some(
    (file) =>
      path === `/${file.replace(/\.(?:ts|astro)$/, '')}` || path === `/${file.replace(/(?:index)?\.astro$/, '')}/`,
  );
}

test('a bad link is found', () => {
  const guide = '/guides/502-bad-gateway-in-api-calls/';
  expect(problemOf(`${guide}#a-client-that-survives`, '/')).toBeUndefined();
  expect(problemOf('#what-it-looks-like-in-the-log', guide)).toBeUndefined();
  expect(problemOf(`${guide}#no-such-heading`, '/')).toContain('has no place');
  expect(problemOf('/guides/no-such-page/', '/')).toContain('there is no page');
  expect(problemOf(`${guide}index.md`, '/')).toBeUndefined();
  expect(problemOf('/guides/no-such-page/index.md', '/')).toContain('there is no page');
  expect(problemOf('/data/matrix.json', '/')).toBeUndefined();
  expect(problemOf('/data/no-such-file.json', '/')).toContain('there is no page');
  expect(problemOf('../checklists/', guide)).toContain('from the root');
  expect(problemOf('http://example.com/', guide)).toContain('https://');
  expect(linksIn(['See [this](/a/#b) and <a href="/c/">that</a>.']).map(({ href }) => href)).toEqual(['/a/#b', '/c/']);
});

describe.each(pages)('$file', ({ path, proseLines }) => {
  test('links only to pages and headings that exist', () => {
    const problems = linksIn(proseLines).flatMap(({ href, line }) => {
      const problem = problemOf(href, path);
      return problem === undefined ? [] : [`line ${line}: ${problem}`];
    });
    expect(problems).toEqual([]);
  });
});

test('the doors of the home page lead somewhere', () => {
  const links = linksIn(readFileSync('src/build/doors.ts', 'utf8').split('\n'));
  expect(links.length).toBeGreaterThan(0);
  expect(links.flatMap(({ href }) => problemOf(href, '/') ?? [])).toEqual([]);
});
