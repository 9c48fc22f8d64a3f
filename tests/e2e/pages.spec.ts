import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { builtFile, builtPages, samplePaths } from '../setup/built-site.ts';
import { GUIDE, playgroundsOf } from '../setup/playground-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';

/** Values of one attribute in HTML text, entities decoded as far as URLs use them. */
const attribute = (html: string, name: 'href' | 'src' | 'id'): string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'));

for (const path of samplePaths()) {
  test(`${path} loads without an error, a cookie or a foreign request`, async ({ page, context }) => {
    const noise = listenForNoise(page);
    const response = await page.goto(path, { waitUntil: 'networkidle' });
    expect(response?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    expect(noise).toEqual({ complaints: [], foreignRequests: [] });
    expect(await context.cookies()).toEqual([]);
  });
}

test('every internal link leads to a page, and to a place on it', () => {
  const broken: string[] = [];
  let followed = 0;
  for (const page of builtPages()) {
    const html = readFileSync(builtFile(page) ?? '', 'utf8');
    for (const link of [...attribute(html, 'href'), ...attribute(html, 'src')]) {
      const url = new URL(link, `https://site.test${page}`);
      // Canonical links name the published address; the sitemap's test follows those.
      if (url.hostname !== 'site.test') continue;
      followed += 1;
      const file = builtFile(url.pathname);
      if (file === undefined) broken.push(`${page} → ${link}: no such page`);
      else if (url.hash !== '' && file.endsWith('.html')) {
        const ids = attribute(readFileSync(file, 'utf8'), 'id');
        if (!ids.includes(decodeURIComponent(url.hash.slice(1)))) broken.push(`${page} → ${link}: no such place`);
      }
    }
  }
  expect(broken).toEqual([]);
  expect(followed).toBeGreaterThan(20);
});

test('the three doors of the home page lead somewhere', async ({ page }) => {
  for (const door of [/I have a 502 right now/i, /I write the client/i, /I run the gateway/i]) {
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: door }).click();
    await expect(page).not.toHaveURL('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const hash = new URL(page.url()).hash;
    if (hash !== '') await expect(page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`)).toBeInViewport();
  }
});

test('an unknown address is answered by the 404 page, with a way home', async ({ page }) => {
  const response = await page.goto('/no-such-page/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(page.url()).not.toContain('no-such-page');
});

test('search finds the guide by the words of an error log', async ({ page }) => {
  await page.goto('/');
  await page
    .getByRole('button', { name: /search/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input').first().fill('upstream prematurely closed');
  const result = dialog.locator(`a[href^="${GUIDE}"]`).first();
  await expect(result).toBeVisible();
  await result.click();
  await expect(page).toHaveURL(new RegExp(GUIDE));
});

test('the chosen theme survives a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(GUIDE);
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.getByRole('combobox', { name: /theme/i }).filter({ visible: true }).selectOption('dark');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');
});

test('the first Tab reaches a link that skips to the content', async ({ page }) => {
  await page.goto(GUIDE);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: /skip to content/i });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  const target = (await skip.getAttribute('href')) ?? '';
  expect(new URL(page.url()).hash).toBe(target);
  await expect(page.locator(target)).toHaveCount(1);
});

test('a keyboard alone reaches Run and sees the program through', async ({ page }) => {
  await page.goto(GUIDE, { waitUntil: 'networkidle' });
  const playground = playgroundsOf(page).first();
  const run = playground.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toBeEnabled();
  const hasFocus = () => run.evaluate((button) => button === document.activeElement);
  for (let tabs = 0; tabs < 150 && !(await hasFocus()); tabs += 1) await page.keyboard.press('Tab');
  await expect(run).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground).toHaveAttribute('data-state', 'done');
  await expect(playground.getByRole('status')).toContainText('200');
});

for (const file of ['/rss.xml', '/sitemap-index.xml', '/sitemap-0.xml']) {
  test(`${file} is well-formed and names pages that exist`, async ({ page, request }) => {
    const response = await request.get(file);
    expect(response.status()).toBe(200);
    // A page of the site would refuse to parse text.
    await page.goto('about:blank');
    const links = await page.evaluate(
      (xml) => {
        const parsed = new DOMParser().parseFromString(xml, 'application/xml');
        const error = parsed.querySelector('parsererror');
        if (error !== null) throw new Error(error.textContent);
        return [...parsed.querySelectorAll('loc, item > link')].map((node) => node.textContent);
      },
      await response.text(),
    );
    expect(links).not.toEqual([]);
    const missing = links.filter((link) => builtFile(new URL(link).pathname) === undefined);
    expect(missing).toEqual([]);
  });
}
