import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { samplePaths } from '../setup/built-site.ts';
import { playgroundsOf } from '../setup/playground-page.ts';

test.use({ javaScriptEnabled: false });

/** For each playground that the author of the page at `path` wrote: whether its first program sends a request. */
function playgroundsWritten(path: string): boolean[] {
  const name = `content${path.replace(/\/$/, '')}`;
  const file = [`${name}.mdx`, `${name}/index.mdx`, `${name}.md`].find((candidate) => existsSync(candidate));
  const [, ...written] = file === undefined ? [] : readFileSync(file, 'utf8').split('<Playground');
  return written.map((text) => !/^```[^\n]* expect=""/m.test(text.slice(0, text.indexOf('\n```\n'))));
}

for (const path of samplePaths()) {
  test(`${path} is complete without JavaScript`, async ({ page }) => {
    await page.goto(path);
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { level: 1 })).toBeVisible();
    expect((await main.innerText()).length, 'characters of visible text').toBeGreaterThan(200);

    for (const code of await main.locator('pre').all()) await expect(code).not.toHaveText(/^\s*$/);
    // A closed <details> opens without a script.
    for (const code of await main.locator('pre:not(details:not([open]) pre)').all()) await expect(code).toBeVisible();

    const playgrounds = playgroundsOf(page);
    const written = playgroundsWritten(path);
    await expect(playgrounds, 'every playground that was written is on the page').toHaveCount(written.length);
    for (const [index, playground] of (await playgrounds.all()).entries()) {
      await expect(playground.locator('pre').first(), 'its code').toBeVisible();
      if (written[index]) {
        await expect(playground.getByRole('status'), 'what happened, in words').toContainText(/\d+ requests?\b/);
        const network = playground.getByRole('table', { name: 'Network' });
        await expect(network.getByRole('row').nth(1), 'its first exchange').toBeVisible();
      }
      await expect(playground.getByRole('log', { name: 'Console' }), 'what it printed').not.toHaveText(/^\s*$/);
    }
  });
}
