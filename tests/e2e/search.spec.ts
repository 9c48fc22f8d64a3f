import { expect, test } from '@playwright/test';
import { bestPage, type SeenAs } from '../../src/components/shell/seen-as.ts';
import { pageSources } from '../content/page-sources.ts';

/** Whoever pastes a phrase of a log, a code or the name of an exception finds the page about it, first. */

const wanted = pageSources().flatMap(({ path, frontmatter }) =>
  (Array.isArray(frontmatter['seenAs']) ? frontmatter['seenAs'] : []).map((phrase) => ({
    phrase: String(phrase),
    path,
  })),
);

test('every page is found first by what its readers have in front of them', async ({ request }) => {
  expect(wanted.length).toBeGreaterThan(50);
  const known = (await (await request.get('/data/seen-as.json')).json()) as readonly SeenAs[];
  const misled = wanted.flatMap(({ phrase, path }) => {
    const url = bestPage(phrase, known)?.[1];
    return url === path ? [] : [`${phrase}: ${url ?? 'nothing'}, not ${path}`];
  });
  expect(misled).toEqual([]);
});

test('no two pages want the same phrase', () => {
  const phrases = wanted.map(({ phrase }) => phrase.toLowerCase());
  expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
});

for (const { words, path } of [
  { words: 'upstream prematurely closed', path: '/causes/upstream-closed-early/' },
  { words: 'no live upstreams', path: '/causes/no-healthy-upstream/' },
  { words: '526', path: '/status/526/' },
  { words: 'connect() failed (111: Connection refused) while connecting', path: '/causes/upstream-refused/' },
]) {
  test(`the search shows the page about “${words}” first`, async ({ page }) => {
    await page.goto('/glossary/');
    await page.keyboard.press('/');
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByRole('searchbox').fill(words);
    await expect(dialog.getByRole('listitem').first().getByRole('link').first()).toHaveAttribute('href', path);
  });
}
