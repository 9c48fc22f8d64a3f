import { afterAll, describe, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { fencesToCheck } from './fences-to-check.ts';
import { workFolder, type Validator } from './validator.ts';

/** Tests every fence of the pages that one of the validators knows, and that each validator finds mistakes. */
export function testFences(validators: readonly Validator[]): void {
  afterAll(() => {
    rmSync(workFolder(), { recursive: true, force: true });
  });

  for (const validator of validators) {
    const missing = validator.missing();
    if (missing !== null) console.log(`Fences are not checked (${validator.accepts}): ${missing}`);
    describe.skipIf(missing !== null)(validator.accepts, { timeout: 120_000 }, () => {
      const mine = fencesToCheck(validator);
      if (mine.length > 0) {
        test.each(mine)('$at', async (fence) => {
          expect(await validator.problem(fence)).toBe('');
        });
      }
      test.each(validator.good.map((fence, index) => ({ fence, form: index + 1 })))(
        'form $form of what authors may write passes',
        async ({ fence }) => {
          expect(await validator.problem(fence)).toBe('');
        },
      );
      test.each(validator.mistakes)('a mistake is found: $says', async ({ says, ...fence }) => {
        expect(await validator.problem(fence)).toMatch(says);
      });
    });
  }
}
