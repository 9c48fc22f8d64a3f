import { expect, test } from '@playwright/test';
import {
  DATA,
  LIST,
  LOG_STEP,
  RIGHT,
  banner,
  button,
  cause,
  choice,
  log,
  recorded,
  says,
  toPractice,
  tryIt,
} from '../setup/practice-page.ts';
import { violations } from '../setup/violations.ts';

test.describe('without a connection', () => {
  test('says so and tries again, at each thing that has to come', async ({ page, context }) => {
    await page.goto(LIST);
    await context.setOffline(true);
    await toPractice(page).click();
    await says(page, /could not be loaded\. Check your connection/);
    await context.setOffline(false);
    await toPractice(page).click();
    await expect(page.getByRole('radio', { name: 'Surprise me' })).toBeVisible();
    await page.getByRole('radio', { name: recorded.title }).check();
    await context.setOffline(true);
    await button(page, 'Start').click();
    await expect(choice(page)).toContainText('You are offline. Nothing of yours has changed.');
    await expect(button(page, 'Try again')).toBeFocused();
    await context.setOffline(false);
    await page.keyboard.press('Enter');
    await expect(banner(page)).toContainText(recorded.story);
    // All of it is here now.
    await context.setOffline(true);
    await tryIt(page, LOG_STEP).click();
    await expect(log(page, LOG_STEP)).toContainText('Connection refused');
    await button(page, 'Show me').click();
    await expect(cause(page)).toContainText(RIGHT);
  });

  test('says what the site answered instead', async ({ page }) => {
    await page.route(`**${DATA}.json`, (route) => route.fulfill({ status: 503, body: 'busy' }));
    await page.goto(LIST);
    await toPractice(page).click();
    await expect(choice(page)).toContainText('The site answered 503 where the recording should be.');
    await page.unroute(`**${DATA}.json`);
    await button(page, 'Try again').click();
    await expect(page.getByRole('radio', { name: 'Surprise me' })).toBeVisible();
  });
});

for (const theme of ['light', 'dark']) {
  for (const width of [390, 1280]) {
    test(`has no accessibility violation, ${theme}, ${width} px wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(LIST);
      await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
      await toPractice(page).click();
      await expect(page.getByRole('radio', { name: 'Surprise me' })).toBeVisible();
      expect(await violations(page, 'lab-checklist')).toEqual([]);
      await page.getByRole('radio', { name: recorded.title }).check();
      await button(page, 'Start').click();
      await tryIt(page, LOG_STEP).click();
      await page.getByRole('combobox', { name: 'Name the cause' }).selectOption('overload');
      await button(page, 'Check').click();
      expect(await violations(page)).toEqual([]);
      const wide = await log(page, LOG_STEP).evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      expect(wide, 'long lines scroll in their box').toBe(true);
      await button(page, 'Show me').click();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
}
