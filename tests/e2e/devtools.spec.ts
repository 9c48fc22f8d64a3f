import { deflateRawSync } from 'node:zlib';
import { expect, test, type Locator, type Page, type Response } from '@playwright/test';
import { GUIDE, playgroundsOf } from '../setup/playground-page.ts';

/** The guide's playground whose scenario has an endpoint for each of many causes. */
const ID = 'six-causes';

/** Opens the guide with `code` in that playground, as a link of the first version does. */
async function openWith(page: Page, code: string): Promise<Locator> {
  const share = { v: 1, id: ID, code, file: 'client.js', scenario: ID };
  await page.goto(`${GUIDE}#play=1.${deflateRawSync(JSON.stringify(share)).toString('base64url')}`);
  const playground = page.locator(`play-ground[data-id="${ID}"]`).getByRole('region', { name: /^Playground: / });
  await expect(playground.getByRole('textbox', { name: 'Code editor' })).toHaveValue(code);
  return playground;
}

/** Presses Run and waits until this run has ended, whatever an earlier one did. */
async function runToTheEnd(playground: Locator): Promise<void> {
  const ended = playground.evaluate(
    (section: HTMLElement) =>
      new Promise<void>((resolve) => {
        new MutationObserver(() => {
          if (/^(?:done|error)$/.test(section.dataset['state'] ?? '')) resolve();
        }).observe(section, { attributeFilter: ['data-state'] });
      }),
  );
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await ended;
}

/** Presses the switch, which stands in the menu. */
async function press(playground: Locator): Promise<void> {
  const theSwitch = playground.getByRole('switch', { name: 'Show in DevTools' });
  if (!(await theSwitch.isVisible())) await playground.getByRole('button', { name: 'More', exact: true }).click();
  await theSwitch.click();
}

async function switchOn(playground: Locator): Promise<void> {
  await press(playground);
  await expect(playground.getByRole('status')).toContainText('now show in DevTools');
  const theSwitch = playground.getByRole('switch', { name: 'Show in DevTools' });
  await expect(theSwitch).toBeChecked();
  await expect(theSwitch).toHaveAccessibleDescription(/^On\. Open the developer tools \(F12\), choose Network/);
  await expect(playground.getByRole('radio', { name: 'Real' })).toBeChecked();
}

async function switchOff(playground: Locator): Promise<void> {
  await press(playground);
  await expect(playground.getByRole('status')).toContainText('inside the sandbox again');
}

/** What the program printed, without the times. */
const printed = (playground: Locator): Promise<string[]> =>
  playground
    .getByRole('log', { name: 'Console' })
    .innerText()
    .then((text) => text.split('\n').filter((line) => line.startsWith('{')));

/** The rows of the network table without the durations, which are real in this mode. */
const rows = (playground: Locator): Promise<string[]> =>
  playground
    .getByRole('table', { name: 'Network' })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => (row as HTMLElement).innerText.replace(/[\d.,]+ m?s/g, '')));

/** Collects the simulated responses that the browser itself saw. */
function watchSimulated(page: Page): Response[] {
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/devtools/api.')) responses.push(response);
  });
  return responses;
}

/** Whatever a site can leave on a reader's machine. */
const leftBehind = (page: Page) =>
  page.evaluate(async () => ({
    registrations: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
    stored: Object.keys(localStorage).filter((key) => /msw|cookie|devtools/i.test(key)),
    frames: document.querySelectorAll('iframe[src*="devtools"]').length,
    controlled: navigator.serviceWorker.controller !== null,
  }));
const NOTHING = { registrations: 0, caches: [], stored: [], frames: 0, controlled: false };

/** Asks for each kind of answer and prints all that a program can know of it. */
const SURVEY = `async function tell(path, init) {
  try {
    const response = await fetch('https://api.example.com' + path, init);
    const { status, statusText, ok, redirected, type, url } = response;
    const body = await response.text().catch((error) => String(error));
    console.log(JSON.stringify({ path, status, statusText, ok, redirected, type, url, headers: [...response.headers], body }));
  } catch (error) {
    console.log(JSON.stringify({ path, error: String(error) }));
  }
}
for (const path of ['/refused', '/closed-early', '/header-too-big', '/app-502', '/app-503', '/cut-body']) await tell(path);
await tell('/closed-early', { headers: { 'X-Trace': '7' } });
await tell('/nothing-answers-here');`;

test('a run shows its requests in the browser, and is the same run', async ({ page }) => {
  const responses = watchSimulated(page);
  const playground = await openWith(page, SURVEY);
  await runToTheEnd(playground);
  const inside = { printed: await printed(playground), rows: await rows(playground) };
  expect(inside.printed).toHaveLength(8);
  expect(responses, 'inside the sandbox nothing is sent').toEqual([]);

  await switchOn(playground);
  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  await runToTheEnd(playground);
  expect({ printed: await printed(playground), rows: await rows(playground) }).toEqual(inside);

  const seen = responses.map((response) => [new URL(response.url()).pathname, response.status()]);
  expect(seen).toEqual([
    ['/devtools/api.example.com/refused', 502],
    ['/devtools/api.example.com/closed-early', 502],
    ['/devtools/api.example.com/header-too-big', 502],
    ['/devtools/api.example.com/app-502', 502],
    ['/devtools/api.example.com/app-503', 503],
    ['/devtools/api.example.com/cut-body', 200],
    ['/devtools/api.example.com/closed-early', 502],
  ]);
  for (const response of responses) {
    expect(response.fromServiceWorker()).toBe(true);
    expect(response.headers()['server']).toMatch(/^nginx\//);
  }
  expect(responses.at(-1)?.request().headers()).toMatchObject({ 'x-trace': '7', 'x-gateway-lab-exchange': '1.7' });
  expect(failed, 'a body that is cut fails in the browser, too').toEqual([
    expect.stringContaining('/devtools/api.example.com/cut-body'),
  ]);
});

test('nothing is left of it once it is off', async ({ page }) => {
  const playground = await openWith(page, SURVEY);
  await switchOn(playground);
  await runToTheEnd(playground);
  await switchOff(playground);
  expect(await leftBehind(page)).toEqual(NOTHING);

  const responses = watchSimulated(page);
  await runToTheEnd(playground);
  expect(await printed(playground)).toHaveLength(8);
  expect(responses).toEqual([]);
});

test('nothing is left of it when the reader leaves the page, or the tab crashes', async ({ page, context }) => {
  const playground = await openWith(page, SURVEY);
  await switchOn(playground);
  await page.goto('/');
  expect(await leftBehind(page)).toEqual(NOTHING);

  const hanging = await openWith(page, `await fetch('https://api.example.com/slow-to-answer');`);
  await switchOn(hanging);
  const asked = page.waitForRequest('**/devtools/api.example.com/slow-to-answer');
  await hanging.getByRole('button', { name: 'Run', exact: true }).click();
  await asked;
  await page.goto('/');
  await expect.poll(() => leftBehind(page), 'with a request that hangs').toEqual(NOTHING);

  const other = await context.newPage();
  await switchOn(await openWith(other, SURVEY));
  await other.goto('chrome://crash').catch(() => undefined);
  expect(await leftBehind(page)).toEqual(NOTHING);
});

test('two tabs answer their own requests only', async ({ page, context }) => {
  const other = await context.newPage();
  const ask = (
    header: string,
  ): string => `const response = await fetch('https://api.example.com/closed-early', { headers: { 'X-Tab': '${header}' } });
console.log(JSON.stringify({ tab: '${header}', status: response.status }));`;
  const first = await openWith(page, ask('first'));
  const second = await openWith(other, ask('second'));
  await switchOn(first);
  await switchOn(second);
  const [ofFirst, ofSecond] = [watchSimulated(page), watchSimulated(other)];
  // The first tab is behind the second.
  await other.bringToFront();
  await Promise.all([first, second].map((playground) => runToTheEnd(playground)));
  expect(ofFirst.map((response) => response.request().headers()['x-tab'])).toEqual(['first']);
  expect(ofSecond.map((response) => response.request().headers()['x-tab'])).toEqual(['second']);
  expect(await printed(first)).toEqual(['{"tab":"first","status":502}']);
  expect(await printed(second)).toEqual(['{"tab":"second","status":502}']);
  await expect(second.getByRole('table', { name: 'Network' }).locator('tbody tr')).toHaveCount(1);

  await other.close();
  await runToTheEnd(first);
  expect(ofFirst).toHaveLength(2);
  expect(await printed(first)).toEqual(['{"tab":"first","status":502}']);
});

test('a service worker that the browser has put to sleep wakes up', async ({ page, context }) => {
  const playground = await openWith(page, SURVEY);
  await switchOn(playground);
  const browser = await context.newCDPSession(page);
  await browser.send('ServiceWorker.enable');
  await browser.send('ServiceWorker.stopAllWorkers');
  const responses = watchSimulated(page);
  await runToTheEnd(playground);
  expect(await printed(playground)).toHaveLength(8);
  const [missed, ...answered] = responses.map((response) => [response.status(), 'server' in response.headers()]);
  expect(missed, 'the request that woke it up').toEqual([404, false]);
  expect(answered.map(([, simulated]) => simulated)).toEqual(Array.from({ length: 7 }, () => true));
  await switchOff(playground);
  expect(await leftBehind(page)).toEqual(NOTHING);
});

test('Stop cancels a request that hangs', async ({ page }) => {
  const playground = await openWith(
    page,
    `console.log('asking'); await fetch('https://api.example.com/slow-to-answer');`,
  );
  await switchOn(playground);
  const asked = page.waitForRequest('**/devtools/api.example.com/slow-to-answer');
  const canceled = page.waitForEvent('requestfailed');
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await asked;
  await playground.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', 'stopped');
  expect((await canceled).url()).toContain('/slow-to-answer');
  // The next run has nothing of the last one's.
  await playground.getByRole('button', { name: 'Reset', exact: true }).click();
});

test('switching it off ends a run that uses it, and says so', async ({ page }) => {
  const playground = await openWith(page, `await fetch('https://api.example.com/slow-to-answer');`);
  await switchOn(playground);
  const asked = page.waitForRequest('**/devtools/api.example.com/slow-to-answer');
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await asked;
  await press(playground);
  await expect(playground).toHaveAttribute('data-state', 'stopped');
  await expect(playground.getByRole('switch', { name: 'Show in DevTools' })).not.toBeChecked();
  await expect(playground.getByRole('status')).toContainText('was switched off during the run');
  await expect.poll(() => leftBehind(page)).toEqual(NOTHING);
});

for (const [why, spoil, words] of [
  [
    'the browser refuses the service worker',
    () => {
      ServiceWorkerContainer.prototype.register = () =>
        Promise.reject(new DOMException('blocked here', 'SecurityError'));
    },
    'service worker \\(blocked here\\)',
  ],
  [
    'something swallows the registration',
    () => {
      Object.defineProperty(ServiceWorkerContainer.prototype, 'register', { value: () => Promise.resolve(undefined) });
    },
    'did not start the service worker',
  ],
  [
    'the browser has no service workers',
    () => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    },
    'offers no service workers here',
  ],
  [
    'the address is not secure',
    () => {
      Object.defineProperty(globalThis, 'isSecureContext', { value: false });
    },
    'over HTTPS and on localhost only',
  ],
] as const) {
  test(`when ${why}, it says so, and runs go on as before`, async ({ page }) => {
    await page.addInitScript(spoil);
    const responses = watchSimulated(page);
    const playground = await openWith(page, SURVEY);
    await press(playground);
    await expect(playground.getByRole('status')).toContainText('cannot show in DevTools here');
    const theSwitch = playground.getByRole('switch', { name: 'Show in DevTools' });
    await expect(theSwitch).not.toBeChecked();
    await expect(theSwitch).toHaveAccessibleDescription(new RegExp(`${words}.*answers inside its sandbox instead`));
    expect(await page.locator('iframe[src*="devtools"]').count()).toBe(0);
    await runToTheEnd(playground);
    expect(await printed(playground)).toHaveLength(8);
    expect(responses).toEqual([]);
  });
}

test('time is real, and Step goes from request to request', async ({ page }) => {
  const playground = await openWith(
    page,
    `const ask = async () => console.log(JSON.stringify({ status: (await fetch('https://api.example.com/closed-early')).status }));
await ask();
await new Promise((resolve) => setTimeout(resolve, 300));
await ask();`,
  );
  await switchOn(playground);
  const before = Date.now();
  await runToTheEnd(playground);
  expect(Date.now() - before).toBeGreaterThanOrEqual(290);

  const table = playground.getByRole('table', { name: 'Network' });
  const step = playground.getByRole('button', { name: 'Step', exact: true });
  await step.click();
  await expect(table.locator('tbody tr')).toHaveCount(1);
  expect(await printed(playground)).toEqual([]);
  await playground.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', 'done');
  await expect.poll(() => printed(playground)).toEqual(['{"status":502}', '{"status":502}']);
});

test('the playground is found on its page and used from the keyboard alone', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundsOf(page).first();
  await playground.getByRole('button', { name: 'More', exact: true }).focus();
  await page.keyboard.press('Enter');
  const theSwitch = playground.getByRole('switch', { name: 'Show in DevTools' });
  await expect(theSwitch).toBeVisible();
  const isThere = () => theSwitch.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 10 && !(await isThere()); presses++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(theSwitch).toBeChecked();
  await expect(theSwitch).toHaveAccessibleDescription(/On\. Open the developer tools/);
  await page.keyboard.press('Space');
  await expect(theSwitch).not.toBeChecked();
});
