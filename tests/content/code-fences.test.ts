import { expect, test } from 'vitest';
import { checkableFences, validatorOf } from './fences/fences-to-check.ts';

/**
 * No sample is only looked at: programs in playgrounds run (playgrounds.test.ts), everything else has a validator by its
 * language and title (fences-*.test.ts). What cannot be tested says why in its meta: ```text reason="output of the command".
 */
test('every fence can be tested, or says why not', () => {
  const odd = checkableFences
    .filter((fence) => validatorOf(fence) === undefined)
    .map(({ at, lang }) => `${at} (${lang || 'no language'})`);
  expect(odd, 'add reason="…" behind the language, or put the program into a <Playground>').toEqual([]);
});
