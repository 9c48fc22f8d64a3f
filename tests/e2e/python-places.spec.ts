import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test as base, type Page } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { findDesktopChromium } from '../../tools/find-chromium.ts';
import { hasPython, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { consoleOf, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { openSitePlaces, WITHOUT_CERTIFICATE, type SitePlaces } from '../setup/site-places.ts';

/**
 * The usual program, wherever its reader is. The guide is served under a name that only this browser knows, and the
 * names that programs ask lead to a place that writes down who comes: what leaves the page is seen on the wire.
 */

const GUIDE = '/guides/502-bad-gateway-in-python-api-calls/';
const LINE = 'Received a 502 Bad Gateway error. Please try again later.';
const COMES_UP = { timeout: 60_000 };
const NO_DESKTOP = 'It takes a Chromium with windows, and there is only the headless shell.';

const test = base.extend<object, { readonly places: SitePlaces }>({
  places: [
    async ({}, use) => {
      const places = await openSitePlaces();
      await use(places);
      await places.close();
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ launchOptions, places }, use) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...places.browserArgs] });
    },
    { scope: 'worker' },
  ],
});

test.use({ ignoreHTTPSErrors: true });
test.skip(() => !hasPython(), WITHOUT_PYTHON);

/** What `page` and all that belongs to it ask the network for from now on, web sockets too. */
function watchNetwork(page: Page): readonly string[] {
  const urls: string[] = [];
  page.context().on('request', (request) => {
    if (/^(?:http|ws)/.test(request.url())) urls.push(request.url());
  });
  page.on('websocket', (socket) => urls.push(socket.url()));
  return urls;
}

/** Runs the guide's first program, then once more when all is loaded, and expects nothing on the wire but the site. */
async function runTwice(page: Page, site: string, places: SitePlaces): Promise<void> {
  const urls = watchNetwork(page);
  await page.goto(site + GUIDE);
  await runClassic(page);
  expect(urls.filter((url) => new URL(url).origin !== site)).toEqual([]);
  expect(urls.length).toBeGreaterThan(7);

  const [soFar, asked] = [urls.length, places.asked.length];
  await runClassic(page);
  expect(urls.slice(soFar)).toEqual([]);
  expect(places.asked.slice(asked)).toEqual([]);
  expect(places.takeStrays()).toEqual([]);
}

async function runClassic(page: Page): Promise<void> {
  const playground = playgroundsOf(page).first();
  await runToTheEnd(playground, COMES_UP);
  await expect(consoleOf(playground)).toHaveText(new RegExp(LINE));
  await expect(playground.getByRole('table', { name: 'Network' }).getByRole('row')).toHaveText([/Status/, /502/]);
}

test('prints its line on an http page, which is no secure context, and leaves nothing on the wire', async ({
  page,
  places,
}) => {
  await runTwice(page, places.http, places);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
});

test('prints its line on an https page, and leaves nothing on the wire', async ({ page, places }) => {
  test.skip(places.https === null, WITHOUT_CERTIFICATE);
  await runTwice(page, places.https ?? '', places);
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
});

test('runs in two tabs at the same time', async ({ context, places }) => {
  const tabs = await Promise.all([context.newPage(), context.newPage()]);
  await Promise.all(tabs.map((tab) => tab.goto(places.http + GUIDE)));
  await Promise.all(tabs.map(runClassic));
  expect(places.takeStrays()).toEqual([]);
});

test('runs where the browser refuses to keep anything', async ({ places, launchOptions }) => {
  // Every context of a test is a private window. This one has a profile that denies storage besides.
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  mkdirSync(join(profile, 'Default'));
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
  const executablePath = findDesktopChromium();
  test.skip(executablePath === undefined, NO_DESKTOP);
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await context.newPage();
    await page.goto(places.http + GUIDE);
    const refused = await page.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return error instanceof DOMException && error.name;
      }
    });
    expect(refused).toBe('SecurityError');
    await runClassic(page);
    expect(places.takeStrays()).toEqual([]);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true });
  }
});

test('runs in a tab that is not in front', async ({ places, launchOptions }) => {
  const executablePath = findDesktopChromium();
  test.skip(executablePath === undefined, NO_DESKTOP);
  // Playwright tells every page that it has the focus, so none of its pages is ever hidden. Puppeteer leaves that alone.
  const browser = await puppeteer.launch({ executablePath: executablePath ?? '', args: launchOptions.args ?? [] });
  try {
    const page = await browser.newPage();
    await page.goto(places.http + GUIDE);
    const inFront = await browser.newPage();
    await inFront.goto(`${places.http}/`);
    await inFront.bringToFront();
    const seen = () => page.evaluate(() => document.visibilityState);
    expect(await seen()).toBe('hidden');
    // A reader presses and is off to the other tab. What is pressed here is pressed when the tab is behind already.
    await page.$eval('play-ground .play-run', (run) => (run as HTMLElement).click());
    const printed = () =>
      page.$eval('play-ground', (playground) => [
        playground.querySelector('[data-state]')?.getAttribute('data-state'),
        playground.querySelector('[role=log][aria-label=Console]')?.textContent,
      ]);
    await expect.poll(printed, COMES_UP).toEqual(['done', expect.stringContaining(LINE)]);
    expect(await seen()).toBe('hidden');
    expect(places.takeStrays()).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('sees it when something does leave', async ({ browser, places }) => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(places.http + GUIDE);
  await page.evaluate(() => {
    void fetch('http://api.example.com/orders/42', { mode: 'no-cors' });
  });
  await expect.poll(() => places.takeStrays()).toContainEqual(expect.stringContaining('GET /orders/42'));
  await context.close();
});
