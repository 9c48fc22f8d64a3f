import { expect, test } from '@playwright/test';
import { samplePaths } from '../setup/built-site.ts';
import { GUIDE, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { violations } from '../setup/violations.ts';

test('what axe is for, it finds: in the page, in a frame of it, and in the part that is asked about', async ({
  page,
}) => {
  const faint = '<p class="faint" style="color: #777; background: #888">Hard to read</p>';
  const frame = `<iframe title="A frame" srcdoc="<img src='/x.png'>"></iframe>`;
  await page.setContent(`<main>${faint}<div class="sound"><p>Fine</p></div>${frame}</main>`);
  await expect(page.frameLocator('iframe').locator('img')).toBeAttached();
  const found = await violations(page);
  expect(found.join('\n')).toMatch(/^color-contrast: \.faint: /m);
  expect(found.join('\n')).toMatch(/^image-alt: .*img: /m);
  expect(await violations(page, '.sound')).toEqual([]);
  expect(await violations(page, '.faint')).toHaveLength(1);
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });
    test.beforeEach(async ({ page }) => {
      await page.addInitScript((value) => localStorage.setItem('starlight-theme', value), theme);
    });

    for (const path of [...samplePaths(), '/404.html']) {
      test(`${path} has no violations`, async ({ page }) => {
        await page.goto(path);
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        expect(await violations(page)).toEqual([]);
      });
    }

    test('a playground that has run has no violations', async ({ page }) => {
      await page.goto(GUIDE, { waitUntil: 'networkidle' });
      for (const playground of await playgroundsOf(page).all()) await runToTheEnd(playground);
      expect(await violations(page)).toEqual([]);
    });

    test('the search dialog has no violations, empty and with results', async ({ page }) => {
      await page.goto(GUIDE, { waitUntil: 'networkidle' });
      await page
        .getByRole('button', { name: /search/i })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      const input = dialog.locator('input').first();
      await expect(input).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await input.fill('upstream');
      await expect(dialog.getByRole('link').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a playground that is still running has no violations in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(GUIDE, { waitUntil: 'networkidle' });
    const playground = playgroundsOf(page).first();
    const program = 'await new Promise((resolve) => setTimeout(resolve, 3_600_000));';
    await playground.getByRole('textbox', { name: 'Code editor' }).fill(program);
    await playground.getByRole('radiogroup', { name: 'Time' }).getByText('Real', { exact: true }).click();
    await playground.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(playground).toHaveAttribute('data-state', 'running');
    expect(await violations(page)).toEqual([]);
    await playground.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(playground).toHaveAttribute('data-state', 'stopped');
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('the open menu has no violations', async ({ page }) => {
    await page.goto(GUIDE, { waitUntil: 'networkidle' });
    const firstPage = page.getByRole('navigation', { name: 'Main', includeHidden: true }).getByRole('link').first();
    await expect(firstPage).toBeHidden();
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await expect(firstPage).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
});
