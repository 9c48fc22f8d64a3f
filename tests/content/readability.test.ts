import { describe, expect, test } from 'vitest';
import { pageSources } from './page-sources.ts';
import { gradeOf, sentencesOf } from './sentences.ts';

/** Prose that a tired person understands at three in the morning. */

const LONGEST_WORDS = 40;
const HARDEST_GRADE = 11;

const longOnes = (lines: readonly string[]): string[] =>
  sentencesOf(lines)
    .filter(({ words }) => words > LONGEST_WORDS)
    .map(({ line, words, text }) => `line ${line}: ${words} words: ${text}`);

describe.each(pageSources())('$file', ({ proseLines }) => {
  test(`has no sentence of more than ${LONGEST_WORDS} words`, () => {
    expect(longOnes(proseLines)).toEqual([]);
  });

  test(`reads at grade ${HARDEST_GRADE} or below`, () => {
    const sentences = sentencesOf(proseLines);
    // A page of a few words has no level.
    if (sentences.length < 10) return;
    const longest = sentences
      .toSorted((a, b) => b.words - a.words)
      .slice(0, 5)
      .map(({ line, words, text }) => `line ${line} (${words} words): ${text}`);
    expect(gradeOf(sentences), `shorten the longest sentences:\n${longest.join('\n')}`).toBeLessThanOrEqual(
      HARDEST_GRADE,
    );
  });
});

test('a long sentence is found, on its line', () => {
  const long = `${'word '.repeat(41)}ends.`;
  expect(longOnes(['# A heading', '', 'A short one. Another.', '', long])).toEqual([
    expect.stringMatching(/^line 5: 42 words/),
  ]);
  expect(longOnes([`- ${'item '.repeat(30)}`, `- ${'item '.repeat(30)}`])).toEqual([]);
});

test('the grade tells plain words from heavy ones', () => {
  const plain = sentencesOf(['The server closed the line. The proxy says so. Look at the log. Then try it again.']);
  const heavy = sentencesOf([
    'Intermittently unavailable infrastructural dependencies necessitate comprehensive organizational reconsideration of operational responsibilities.',
  ]);
  expect(gradeOf(plain)).toBeLessThan(4);
  expect(gradeOf(heavy)).toBeGreaterThan(20);
});
