import { expect, test } from '@playwright/test';
import { playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { openGuide, runProgram, viewsOf } from '../setup/views-page.ts';

/** Walking through the views by keyboard, also before anything is alive and when there is far more than fits. */

test('arrows walk through the requests, also before anything is alive, and then through the detail', async ({
  page,
}) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await views.rowButton(1).focus();
  await page.keyboard.press('ArrowDown');
  await expect(views.rowButton(2)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await expect(views.rowButton(3)).toBeFocused();
  await expect(views.rowButton(3)).toHaveAttribute('aria-pressed', 'true');
  await expect(views.picture).toHaveAccessibleName(/200 OK/);
  await page.keyboard.press('Home');
  await expect(views.rowButton(1)).toBeFocused();
  await expect(views.picture).toHaveAccessibleName(/502 Bad Gateway/);
  await page.keyboard.press('End');
  await expect(views.rowButton(3)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(views.rowButton(2)).toBeFocused();
  // One stop for Tab in the table's rows, however many there are.
  await expect(views.table.locator('tbody button[tabindex="0"]')).toHaveCount(1);

  await views.tab('Sequence').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(views.tab('Body')).toBeFocused();
  await expect(views.tab('Body')).toHaveAttribute('aria-selected', 'true');
});

test('the first arrow on tabs that the page was built with is not lost', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await views.tab('Sequence').focus();
  await page.keyboard.press('ArrowRight');
  await expect(views.tab('Headers')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(views.tab('Body')).toBeFocused();
  await expect(views.panel).toHaveAccessibleName('Body');
});

test('after a run that began on a row, the keyboard is still of use', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await runToTheEnd(views.playground);
  await views.rowButton(2).click();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(views.playground).toHaveAttribute('data-state', 'done');
  await expect(views.rowButton(1)).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('four thousand entries and a thousand requests draw a window, and the end is in reach', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  const entries = views.console.locator('.play-entry');
  await runProgram(
    views.playground,
    `for (let n = 1; n <= 4_000; n++) console.log('line', n);
for (let n = 1; n <= 1_000; n++) await fetch('https://api.example.com/orders/42?n=' + n);`,
  );
  const bounded = async (): Promise<void> => {
    expect(await views.table.getByRole('row').count()).toBeLessThan(700);
    expect(await views.log.locator('[data-log]').count()).toBeLessThan(700);
    expect(await entries.count()).toBeLessThan(500);
  };
  await bounded();

  await views.table.locator('tbody button[tabindex="0"]').focus();
  await page.keyboard.press('End');
  await expect(views.rowButton(1000)).toBeFocused();
  await expect(views.rowButton(1000)).toBeInViewport();
  await page.keyboard.press('ArrowUp');
  await expect(views.rowButton(999)).toBeFocused();
  await bounded();
  await page.keyboard.press('Home');
  await expect(views.rowButton(1)).toBeFocused();
  await expect(views.rowButton(1)).toBeInViewport();

  await views.console.focus();
  await page.keyboard.press('End');
  await expect(entries.filter({ hasText: /line 4000$/ })).toBeInViewport();
  await views.log.locator('button[tabindex="0"]').focus();
  await page.keyboard.press('End');
  await expect(views.log.locator('[data-id="1000"]').last()).toBeInViewport();
  await expect(views.rowButton(1000)).toHaveAttribute('aria-pressed', 'true');
  await bounded();

  await views.playground.getByRole('searchbox', { name: /Filter/ }).fill('n=77 200');
  await expect(views.playground.getByText(/\d+ of 1000 requests/)).toBeVisible();
  expect(await views.table.getByRole('row').count()).toBeLessThan(20);
});

test('rows that are scrolled away keep the focus, and the next arrow leads on from there', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await runProgram(
    views.playground,
    "for (let n = 1; n <= 600; n++) await fetch('https://api.example.com/orders/42?n=' + n);",
  );
  await views.rowButton(1).click();
  const box = views.playground.locator('.play-network');
  await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(views.rowButton(600)).toBeInViewport();
  await expect(views.rowButton(1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(views.rowButton(2)).toBeFocused();
  await expect(views.rowButton(2)).toBeInViewport();
});
