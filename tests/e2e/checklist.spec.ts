import { expect, test, type Page } from '@playwright/test';
import { bytesOf, followTraffic, listFiles } from '../setup/traffic.ts';

const LIST = '/checklists/first-five-minutes/';

const box = (page: Page, name: string | RegExp) => page.getByRole('checkbox', { name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const count = (page: Page) => page.locator('[data-count]');

test.describe('the checklist', () => {
  test('keeps ticks over a reload and counts them', async ({ page }) => {
    await page.goto(LIST);
    await expect(page.getByRole('progressbar', { name: 'Progress' })).toHaveJSProperty('value', 0);
    await box(page, /^Ask five times/).check();
    await page.getByText('Read the whole answer, not only the status.').click();
    await page.reload();
    await expect(box(page, /^Ask five times/)).toBeChecked();
    await expect(box(page, /^Read the whole answer/)).toBeChecked();
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(2);
    await expect(page.getByRole('progressbar', { name: 'Progress' })).toHaveJSProperty('value', 2);
    await expect(count(page)).toHaveText(/^2 of \d+ done$/);
  });

  test('keeps each tick with its item when the author changes the order', async ({ page }) => {
    await page.goto(LIST);
    await box(page, /^Ask five times/).check();
    // The same list as a later edition of the page would bring it: turned round, fresh, and put into the document anew.
    await page.evaluate(() => {
      const checklist = document.querySelector('lab-checklist');
      const list = checklist?.querySelector('ul');
      if (!checklist || !list) throw new Error('The page has no checklist.');
      list.append(...[...list.children].reverse());
      for (const input of list.querySelectorAll('input')) input.checked = false;
      checklist.replaceWith(checklist);
    });
    await expect(page.getByRole('checkbox').last()).toHaveAccessibleName(/^Ask five times/);
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1);
    await expect(page.getByRole('checkbox').last()).toBeChecked();
  });

  test('shows a tick in the other tabs', async ({ page, context }) => {
    const other = await context.newPage();
    await other.goto(LIST);
    await page.goto(LIST);
    await box(page, /^Ask another path/).check();
    await expect(box(other, /^Ask another path/)).toBeChecked();
    await expect(count(other)).toHaveText(/^1 of/);
  });

  test('can be reset, and the reset undone, by keyboard', async ({ page }) => {
    await page.goto(LIST);
    await box(page, /^Ask five times/).focus();
    await page.keyboard.press('Space');
    await button(page, 'Reset').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await expect(page.getByRole('status').filter({ hasText: 'Cleared 1 tick.' })).toBeVisible();
    await button(page, 'Undo').focus();
    await page.keyboard.press('Enter');
    await expect(box(page, /^Ask five times/)).toBeChecked();
    await expect(button(page, 'Undo')).toBeHidden();
    await expect(button(page, 'Reset')).toBeFocused();
    await page.reload();
    await expect(box(page, /^Ask five times/)).toBeChecked();
  });

  test('copies itself as a Markdown task list', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(LIST);
    await box(page, /^Read the whole answer/).check();
    await button(page, 'Copy as Markdown').click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('## First five minutes of a 502\n\n- [ ] Ask five times');
    expect(copied).toContain('\n- [x] Read the whole answer, not only the status.\n');
    expect(copied).toContain(LIST);
  });

  test('prints with its boxes and without its buttons', async ({ page }) => {
    await page.addInitScript(() => {
      window.print = () => void (document.documentElement.dataset.printed = 'yes');
    });
    await page.goto(LIST);
    await button(page, 'Print').click();
    await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('checkbox').first()).toBeVisible();
    await expect(button(page, 'Print')).toBeHidden();
  });

  test('works where storage is blocked, and says that ticks do not stay', async ({ page }) => {
    await page.addInitScript(() => {
      for (const name of ['getItem', 'setItem']) {
        Object.defineProperty(Storage.prototype, name, {
          value: () => {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }
    });
    await page.goto(LIST);
    await expect(page.getByRole('status').filter({ hasText: 'keeps no data' })).toBeVisible();
    await box(page, /^Ask five times/).check();
    await expect(count(page)).toHaveText(/^1 of/);
    await button(page, 'Reset').click();
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await button(page, 'Undo').click();
    await expect(box(page, /^Ask five times/)).toBeChecked();
  });

  test('costs at most 5.5 kB of script before its reader reaches for more', async ({ page }) => {
    const traffic = followTraffic(page);
    await page.goto(LIST);
    await traffic.settled();
    const files = traffic.fetched().filter(({ path, text }) => path.endsWith('.js') && text.includes('lab-checklist'));
    const inline = (await page.locator('script').allTextContents()).filter((text) => text.includes('lab-checklist'));
    expect(files.length + inline.length, 'scripts that define the checklist').toBe(1);
    const bytes = bytesOf(files) + inline.join('').length;
    expect(bytes, listFiles(files)).toBeLessThanOrEqual(5.5 * 1024);
  });
});

test.describe('the checklist without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('is a list with boxes to tick and offers no dead button', async ({ page }) => {
    await page.goto(LIST);
    await expect(page.getByRole('checkbox')).not.toHaveCount(0);
    await box(page, /^Ask five times/).check();
    await expect(box(page, /^Ask five times/)).toBeChecked();
    await expect(button(page, 'Reset')).toBeHidden();
    await expect(page.getByText('curl -si https://api.example.com/orders/42')).toBeVisible();
  });
});
