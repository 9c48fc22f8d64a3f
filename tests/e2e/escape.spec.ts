import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { openOutsideWorld, type OutsideWorld } from '../setup/outside-world.ts';
import { consoleOf, GUIDE, linkTo, playgroundsOf } from '../setup/playground-page.ts';
import { ATTEMPTS } from './escape/attempts.ts';
import { FLOODS } from './escape/floods.ts';

/**
 * Programs of a reader, and of a stranger's link, that try to get out or to break the page. One page lives through all of
 * them: after each it has to be whole, nothing may have left it, and the next program has to run.
 */

/** How a program comes into the playground. */
const WAYS: Readonly<Record<string, (page: Page, playground: Locator, code: string) => Promise<void>>> = {
  'typed by the reader': async (_, playground, code) => {
    await playground
      .locator('textarea')
      .first()
      .evaluate((area: HTMLTextAreaElement, text) => {
        area.value = text;
        area.dispatchEvent(new Event('input', { bubbles: true }));
      }, code);
  },
  'out of a stranger’s link': async (page, _, code) => {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, linkTo(code));
  },
};

/** What a program might have left in the page; all of it is empty or as it was. */
const traces = (page: Page): Promise<unknown> =>
  page.evaluate(async () => ({
    title: document.title === document.querySelector('title')?.textContent,
    path: location.pathname,
    elements: document.querySelectorAll('#escaped, .play-console img, .play-console script').length,
    globals: ['escaped' in window, 'escaped' in {}, 'escaped' in []],
    storage: [localStorage.getItem('escaped'), localStorage.getItem('secret'), sessionStorage.getItem('secret')],
    cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
    caches: await caches.keys(),
    serviceWorkers: (await navigator.serviceWorker.getRegistrations()).length,
    frames: document.querySelectorAll('iframe').length,
  }));

const WHOLE = {
  title: true,
  path: GUIDE,
  elements: 0,
  globals: [false, false, false],
  storage: [null, 'kept', 'kept'],
  cookies: 'secret=kept',
  databases: 0,
  caches: [],
  serviceWorkers: 0,
  frames: 1,
};

/** Runs what stands in the playground, however long it takes to be ended. */
async function run(playground: Locator): Promise<void> {
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', /^(?:done|error)$/, { timeout: 45_000 });
}

for (const [way, put] of Object.entries(WAYS)) {
  test.describe(way, () => {
    test.describe.configure({ mode: 'default', timeout: 90_000 });
    let outside: OutsideWorld;
    let context: BrowserContext;
    let page: Page;
    let playground: Locator;
    const reached: string[] = [];

    test.beforeAll(async ({ browser, baseURL }) => {
      outside = await openOutsideWorld();
      context = await browser.newContext({ baseURL: baseURL ?? '', reducedMotion: 'reduce' });
      page = await context.newPage();
      await context.route('**/*escaped*', async (route) => {
        reached.push(route.request().url());
        await route.fulfill({ status: 200, contentType: 'text/javascript', body: 'globalThis.escaped = 1' });
      });
      await page.goto(GUIDE);
      await page.evaluate(() => {
        document.cookie = 'secret=kept';
        localStorage.setItem('secret', 'kept');
        sessionStorage.setItem('secret', 'kept');
      });
      playground = playgroundsOf(page).first();
      await playground.hover();
    });

    test.afterAll(async () => {
      await context.close();
      await outside.close();
    });

    for (const { name, code, told } of [...ATTEMPTS, ...FLOODS]) {
      test(`gets nowhere: ${name}`, async ({ baseURL }) => {
        const program = code(baseURL ?? '', outside.host);
        await put(page, playground, program);
        await expect(playground.getByRole('textbox', { name: 'Code editor' })).toHaveValue(program);
        await run(playground);

        const words = playground.getByRole('status').or(consoleOf(playground));
        // A long console draws only what is in sight; what was left out is told at its end.
        await consoleOf(playground).evaluate((log) => {
          log.scrollTop = log.scrollHeight;
        });
        for (const part of told) await expect(words.filter({ hasText: part }).first()).toBeVisible();
        await expect(consoleOf(playground)).not.toContainText('WORKED');
        expect(await traces(page)).toEqual(WHOLE);
        expect([context.pages().length, reached, outside.arrivals]).toEqual([1, [], []]);

        await put(page, playground, `console.log('still here', (await fetch('/orders/42')).status);`);
        await run(playground);
        await expect(consoleOf(playground)).toContainText('still here 502');
      });
    }
  });
}

test('the outside world would have noticed', async ({ page }) => {
  const outside = await openOutsideWorld();
  await page.goto(`http://${outside.host}/arrived`, { timeout: 2000 }).catch(() => undefined);
  expect(outside.arrivals.join()).toContain('GET /arrived');
  await page.close();
  await outside.close();
});
