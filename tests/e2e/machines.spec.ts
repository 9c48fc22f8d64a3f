import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { builtFile, sitemapPaths } from '../setup/built-site.ts';
import { listenForNoise } from '../setup/quiet-page.ts';

/** A page of every section, the longest of it. */
function oneOfEachSection(): string[] {
  const size = (path: string): number => htmlOf(path).length;
  const sections = Map.groupBy(sitemapPaths(), (path) => path.split('/')[1] ?? '');
  return [...sections.values()].flatMap((paths) => paths.sort((a, b) => size(b) - size(a)).slice(0, 1));
}

const read = (path: string): string => readFileSync(builtFile(path) ?? path, 'utf8');
const htmlOf = (path: string): string => read(path);
const markdownOf = (path: string): string => read(`${path}index.md`);

/** Letters and digits only, so that no mark of either language is in the way. */
const words = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
/** Without spaces too, which the page leaves to its style sheet here and there. */
const letters = (text: string): string => words(text).replaceAll(' ', '');
/** What stands in a line of Markdown when its links are words. */
const withoutAddresses = (markdown: string): string => markdown.replaceAll(/\]\([^)\s]*\)/g, ']');

/** Words on buttons; no line of a page consists of one. */
const CONTROLS = [
  'Run',
  'Stop',
  'Reset',
  'Share',
  'Download',
  'More',
  'Copy',
  'Copy as Markdown',
  'Print',
  'Find',
  'Format',
  'Search',
  'Menu',
];

test.describe('the Markdown view', () => {
  test('stands beside every page, and every page leads to it', () => {
    for (const path of sitemapPaths()) {
      const html = htmlOf(path);
      expect(html, path).toContain(`<link rel="alternate" type="text/markdown" href="${path}index.md"`);
      const [, title = ''] = /<meta property="og:title" content="([^"]*)"/.exec(html) ?? [];
      expect(words(markdownOf(path).split('\n')[0] ?? ''), path).toBe(words(decoded(title)));
    }
  });

  test('holds no control', () => {
    for (const path of sitemapPaths()) {
      const lines = markdownOf(path)
        .replace(/^```[^]*?^```/gm, '')
        .split('\n')
        .map((line) => line.replace(/^[-*\d.\s]+|\*\*/g, ''));
      expect(
        lines.filter((line) => CONTROLS.includes(line.trim())),
        path,
      ).toEqual([]);
    }
  });

  test('says everything that the page says', async ({ page }) => {
    test.slow();
    for (const path of oneOfEachSection()) {
      await page.goto(path);
      const said = await page.locator('main').evaluate((main) => {
        const aside = '.page-foot, play-ground, .kind, .checklist-bar, [popover], [data-needs-script]';
        const blocks = [...main.querySelectorAll('h1, h2, h3, h4, p, li, dt, dd, td, th, pre .code, [role=log] > div')];
        return blocks
          .filter((block) => !block.closest(aside) && !block.querySelector('p, li, pre, table, svg, [popover], figure'))
          .map((block) => block.textContent);
      });
      const markdown = letters(withoutAddresses(markdownOf(path)));
      expect(said.length, path).toBeGreaterThan(0);
      expect(
        said.filter((text) => !markdown.includes(letters(text))),
        path,
      ).toEqual([]);
    }
  });

  test('holds each program of a page and what the first one did', async ({ page }) => {
    for (const path of oneOfEachSection()) {
      await page.goto(path);
      const markdown = markdownOf(path);
      for (const program of await page.getByRole('textbox', { name: 'Code editor' }).all()) {
        expect(markdown, path).toContain(await program.inputValue());
      }
      const consoles = await page
        .getByRole('log', { name: 'Console' })
        .locator('.play-entry > div:not(:has(:not(b)))')
        .allTextContents();
      for (const line of consoles)
        expect(words(markdown), path).toContain(words(line.replace(/^(?:Error|Warning|Info|Debug|Uncaught) /, '')));
    }
  });

  test('is served as Markdown', async ({ request }) => {
    for (const path of ['/index.md', `${sitemapPaths().find((one) => one !== '/') ?? '/'}index.md`]) {
      const response = await request.get(path);
      expect(response.headers()['content-type'], path).toBe('text/markdown; charset=utf-8');
    }
  });
});

test.describe('the facts in the head of a page', () => {
  test('are JSON that names the page', () => {
    for (const path of sitemapPaths().filter((one) => one !== '/')) {
      const [, json = ''] = /<script type="application\/ld\+json">([^]*?)<\/script>/.exec(htmlOf(path)) ?? [];
      const data = JSON.parse(json) as {
        '@graph': { '@type': string; itemListElement?: { item: string }[]; mainEntity?: unknown[] }[];
      };
      const trail = data['@graph'].find((thing) => thing['@type'] === 'BreadcrumbList')?.itemListElement ?? [];
      expect(
        trail.map(({ item }) => builtFile(new URL(item).pathname)),
        path,
      ).not.toContain(undefined);
      expect(new URL(trail.at(-1)?.item ?? '').pathname).toBe(path);
      for (const { mainEntity } of data['@graph']) expect(mainEntity, path).not.toEqual([]);
    }
  });

  test('are data to the browser: the policy refuses nothing', async ({ page }) => {
    const noise = listenForNoise(page);
    const [article = '/'] = sitemapPaths().filter((path) => htmlOf(path).includes('"TechArticle"'));
    await page.goto(article);
    await expect(page.locator('script[type="application/ld+json"]')).toHaveCount(1);
    expect(noise.complaints).toEqual([]);
  });
});

test.describe('what programs ask for', () => {
  test('llms.txt lists every page of the sitemap as Markdown, and leads nowhere else', () => {
    const text = read('/llms.txt');
    expect(text).toMatch(/^# .+\n\n> .+\n/);
    const listed = [...text.matchAll(/^- \[[^\]]+\]\((\S+)\): \S/gm)].map(([, url = '']) => new URL(url).pathname);
    expect(listed.filter((path) => builtFile(path) === undefined)).toEqual([]);
    const views = listed.filter((path) => path.endsWith('.md')).sort();
    expect(views).toEqual(
      sitemapPaths()
        .map((path) => `${path}index.md`)
        .sort(),
    );
  });

  test('data and their schemas are served as JSON', async ({ request }) => {
    for (const name of ['status-codes', 'causes', 'matrix']) {
      const response = await request.get(`/data/${name}.json`);
      expect(response.headers()['content-type']).toContain('application/json');
      const data = (await response.json()) as { $schema: string; version: string; date: string };
      const schema = (await (await request.get(new URL(data.$schema).pathname)).json()) as { $id: string };
      expect(schema.$id).toBe(data.$schema);
      expect(data.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test('every page has a picture of its own for where its address is shared', () => {
    const pictures = sitemapPaths().map((path) => {
      const [, url = ''] = /<meta property="og:image" content="([^"]*)"/.exec(htmlOf(path)) ?? [];
      const png = readFileSync(builtFile(new URL(url).pathname) ?? url);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], path).toEqual([1200, 630]);
      expect(htmlOf(path), path).toMatch(/<meta property="og:image:alt" content="[^"]{20,}"/);
      return url;
    });
    expect(new Set(pictures).size).toBe(pictures.length);
  });
});

const decoded = (html: string): string =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
