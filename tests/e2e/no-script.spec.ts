import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { samplePaths } from '../setup/built-site.ts';
import { playgroundsOf } from '../setup/playground-page.ts';

test.use({ javaScriptEnabled: false });

/** How many playgrounds the author of the page at `path` wrote. */
function playgroundsWritten(path: string): number {
  const name = `content${path.replace(/\/$/, '')}`;
  const file = [`${name}.mdx`, `${name}/index.mdx`, `${name}.md`].find((candidate) => existsSync(candidate));
  return file === undefined ? 0 : readFileSync(file, 'utf8').split('<Playground').length - 1;
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
    await expect(playgrounds, 'every playground that was written is on the page').toHaveCount(playgroundsWritten(path));
    for (const playground of await playgrounds.all()) {
      await expect(playground.locator('pre').first(), 'its code').toBeVisible();
      await expect(playground.getByRole('status'), 'what happened, in words').toContainText(/\d+ requests?\b/);
      const network = playground.getByRole('table', { name: 'Network' });
      await expect(network.getByRole('row').nth(1), 'its first exchange').toBeVisible();
      await expect(playground.getByRole('log', { name: 'Console' }), 'what it printed').not.toHaveText(/^\s*$/);
    }
  });
}
