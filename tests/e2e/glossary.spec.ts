import { expect, test, type Locator, type Page } from '@playwright/test';
import { proveThatShiftsAreRecorded, recordLayoutShifts } from '../setup/layout-shifts.ts';
import { violations } from '../setup/violations.ts';

/** Words of the glossary in a page: their meaning by pointer, key and finger, and what is left where none of them is. */

const PAGE = '/guides/who-answered/';
const CDN = 'A network of gateways close to the clients';

const termOf = (page: Page, id: string): Locator => page.locator(`a.term[href="/glossary/#${id}"]`);
const meaningOn = (page: Page): Locator => page.getByRole('tooltip');

/** How far a box sticks out of the window, in px; 0 when it is inside. */
async function sticksOut(box: Locator): Promise<number> {
  return box.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return Math.max(0, -left, -top, right - document.documentElement.clientWidth, bottom - innerHeight);
  });
}

test('a page explains each word once, and never in a heading, a link, code or a playground', async ({ page }) => {
  await page.goto(PAGE);
  const addresses = await page.locator('a.term').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(addresses.length).toBeGreaterThan(3);
  expect(new Set(addresses).size).toBe(addresses.length);
  await expect(page.locator(':is(h1, h2, h3, h4, summary, pre, code, play-ground, a a) a.term')).toHaveCount(0);
});

test('the pointer shows a meaning, may rest on it, and takes it away', async ({ page }) => {
  await page.clock.install();
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const meaning = meaningOn(page);
  await termOf(page, 'cdn').hover();
  await expect(meaning).toContainText(CDN);
  await expect(termOf(page, 'cdn')).toHaveAccessibleDescription(new RegExp(CDN));
  await meaning.hover();
  await page.clock.runFor(60_000);
  await expect(meaning, 'it stays as long as the pointer is on it').toBeVisible();
  await page.getByRole('heading', { level: 1 }).hover();
  await page.clock.runFor(1_000);
  await expect(meaning).toBeHidden();
  expect(fetched, 'the meaning was in the page').toEqual([]);
});

test('nothing moves when a meaning comes and goes', async ({ page }) => {
  const shifts = await recordLayoutShifts(page);
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  for (const id of ['cdn', 'load-balancer']) {
    await termOf(page, id).focus();
    await expect(meaningOn(page)).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(meaningOn(page)).toBeHidden();
  expect(await shifts()).toEqual([]);
  await proveThatShiftsAreRecorded(page, shifts);
});

test('Escape takes a meaning away and leaves the pointer and the focus where they are', async ({ page }) => {
  await page.goto(PAGE);
  const word = termOf(page, 'load-balancer');
  await word.hover();
  await expect(meaningOn(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(meaningOn(page)).toBeHidden();
  await word.focus();
  await expect(meaningOn(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(meaningOn(page)).toBeHidden();
  await expect(word).toBeFocused();
});

test('the keyboard gets to each word, sees its meaning, and follows it to the glossary', async ({ page }) => {
  await page.goto(PAGE);
  await termOf(page, 'cdn').focus();
  await expect(meaningOn(page)).toContainText(CDN);
  await page.keyboard.press('Tab');
  await expect(termOf(page, 'load-balancer')).toBeFocused();
  await expect(meaningOn(page)).toContainText('several upstream servers');
  await expect(termOf(page, 'cdn')).not.toHaveAttribute('aria-describedby');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/glossary\/#load-balancer$/);
});

for (const theme of ['light', 'dark'] as const) {
  test(`an open meaning has no violations in the ${theme} theme`, async ({ page }) => {
    await page.addInitScript((value) => localStorage.setItem('starlight-theme', value), theme);
    await page.goto(PAGE);
    await termOf(page, 'cdn').focus();
    await expect(meaningOn(page)).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });

  test('the first tap shows a meaning, a tap beside it takes it away, a second tap on the word leads on', async ({
    page,
  }) => {
    await page.goto(PAGE);
    await termOf(page, 'cdn').tap();
    await expect(meaningOn(page)).toContainText(CDN);
    expect(new URL(page.url()).pathname).toBe(PAGE);
    await page.getByRole('heading', { level: 1 }).tap();
    await expect(meaningOn(page)).toBeHidden();
    await termOf(page, 'cdn').tap();
    await expect(meaningOn(page)).toBeVisible();
    await termOf(page, 'cdn').tap();
    await expect(page).toHaveURL(/\/glossary\/#cdn$/);
  });

  test('every meaning stays inside the window', async ({ page }) => {
    await page.goto('/status/503/');
    const words = await page.locator('a.term:visible').all();
    expect(words.length).toBeGreaterThan(3);
    for (const word of words) {
      await word.focus();
      await expect(meaningOn(page)).toBeVisible();
      await expect.poll(() => sticksOut(meaningOn(page)), (await word.textContent()) ?? '').toBe(0);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test('on paper a word is a word', async ({ page }) => {
  await page.goto(PAGE);
  await termOf(page, 'cdn').focus();
  await expect(meaningOn(page)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(meaningOn(page)).toBeHidden();
  const line = await termOf(page, 'cdn').evaluate((word) => getComputedStyle(word).textDecorationLine);
  expect(line).toBe('none');
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('a word is a link to its place in the glossary', async ({ page }) => {
    await page.goto(PAGE);
    await termOf(page, 'cdn').click();
    await expect(page).toHaveURL(/\/glossary\/#cdn$/);
    await expect(page.locator('#cdn')).toContainText(CDN);
  });
});
