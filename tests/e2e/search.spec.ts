import { expect, test } from '@playwright/test';
import { pageSources } from '../content/page-sources.ts';

/** Whoever pastes a phrase of a log, a code or the name of an exception finds the page about it, first. */

interface Pagefind {
  init(): Promise<void>;
  search(words: string): Promise<{ results: { data(): Promise<{ url: string }> }[] }>;
}

const wanted = pageSources().flatMap(({ path, frontmatter }) =>
  (Array.isArray(frontmatter['seenAs']) ? frontmatter['seenAs'] : []).map((phrase) => ({
    phrase: String(phrase),
    path,
  })),
);

test('every page is found first by what its readers have in front of them', async ({ page }) => {
  expect(wanted.length).toBeGreaterThan(0);
  await page.goto('/glossary/');
  const misled = await page.evaluate(
    async ({ phrases, address }) => {
      const pagefind = (await import(address)) as Pagefind;
      await pagefind.init();
      const found = [];
      for (const { phrase, path } of phrases) {
        const { results } = await pagefind.search(phrase);
        const first = await results[0]?.data();
        if (first?.url !== path) found.push(`${phrase}: ${first?.url ?? 'nothing'}, not ${path}`);
      }
      return found;
    },
    { phrases: wanted, address: '/pagefind/pagefind.js' },
  );
  expect(misled).toEqual([]);
});

test('no two pages want the same phrase', () => {
  const phrases = wanted.map(({ phrase }) => phrase.toLowerCase());
  expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
});
