import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { builtFile, sitemapPaths } from '../setup/built-site.ts';
import { bytesOf, listFiles, measured, type Fetched } from '../setup/traffic.ts';

/** What a page with playgrounds may cost before its reader reaches for anything: bytes of HTML, CSS and JavaScript. */
const READING = 48_000;

/** What a page loads by itself: style sheets and scripts that it names, and what those import in turn. */
function eagerFiles(path: string): Fetched[] {
  const found = new Map([[path, measured(path)]]);
  const add = (text: string, pattern: RegExp, base: string): void => {
    for (const [, address = ''] of text.matchAll(pattern)) {
      const { pathname } = new URL(address, `http://site${base}`);
      if (found.has(pathname)) continue;
      const file = measured(pathname);
      found.set(pathname, file);
      if (/\.m?js$/.test(pathname)) add(file.text, /(?:\bfrom|\bimport)\s*["'`]([./][^"'`]+)["'`]/g, pathname);
    }
  };
  const { text } = measured(path);
  add(text, /<link rel="(?:stylesheet|modulepreload)" href="([^"]+)"/g, path);
  add(text, /<script\b[^>]* src="([^"]+)"/g, path);
  return [...found.values()];
}

const pages = sitemapPaths().filter((path) => readFileSync(builtFile(path) ?? '', 'utf8').includes('<play-ground'));

test('there are pages with playgrounds', () => {
  expect(pages.length).toBeGreaterThan(2);
});

for (const path of pages) {
  test(`${path} is read within its bytes`, () => {
    const files = eagerFiles(path);
    const paths = files.map((file) => file.path).join(' ');
    expect(paths, 'style sheets were counted').toMatch(/\.css/);
    expect(paths, 'scripts were counted').toMatch(/Playground\S*\.js/);
    for (const file of files) expect(file.bytes, `${file.path} is in the built site`).toBeGreaterThan(1);
    expect(bytesOf(files), listFiles(files)).toBeLessThanOrEqual(READING);
  });
}
