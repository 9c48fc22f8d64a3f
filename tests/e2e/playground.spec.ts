import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';

const GUIDE = '/guides/502-bad-gateway-in-api-calls/';

/** The parts of the guide's first playground, by the names that a screen reader says. */
function playgroundOf(page: Page) {
  const region = page.getByRole('region', { name: 'Playground: A 502, twice, then the answer' });
  return {
    region,
    button: (name: string): Locator => region.getByRole('button', { name, exact: true }),
    editor: region.getByRole('textbox', { name: 'Code editor' }),
    console: region.getByRole('log', { name: 'Console' }),
    gatewayLog: region.getByRole('log', { name: 'Gateway log' }),
    rows: region.getByRole('table', { name: 'Network' }).getByRole('row'),
    status: region.getByRole('status'),
  };
}

type Playground = ReturnType<typeof playgroundOf>;

/** Focuses the code and waits until Monaco has taken the place of the text area. */
async function openEditor({ region, editor }: Playground): Promise<void> {
  await editor.focus();
  await expect(region.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
  await expect(editor).toBeFocused();
}

/** Replaces the whole program by keyboard. */
async function typeProgram(page: Page, playground: Playground, code: string): Promise<void> {
  await openEditor(playground);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
}

test('shows the recorded result without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(GUIDE);
  const playground = playgroundOf(page);

  await expect(playground.status).toContainText(
    'Recorded result of the unedited program. Finished: 3 requests, last status 200',
  );
  await expect(playground.rows).toHaveText([/Status/, /502/, /502/, /200/]);
  await expect(playground.console).toContainText('attempt 3: 200 OK');
  await expect(playground.gatewayLog).toContainText('upstream prematurely closed connection');
  await expect(
    playground.region.getByRole('img', { name: /Sequence diagram: GET \/orders\/42 through nginx/ }),
  ).toBeVisible();
  await expect(playground.button('Run')).toBeHidden();
  await context.close();
});

test('loads no editor, no simulator and no framework before the reader reaches for a playground', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (/\.js$|recordings|sandbox/.test(new URL(response.url()).pathname)) scripts.push(response.url());
  });
  await page.goto(GUIDE, { waitUntil: 'networkidle' });
  expect(scripts.filter((url) => /monaco|worker|guest|hydrate|preact|signals|recordings|sandbox/.test(url))).toEqual(
    [],
  );

  await playgroundOf(page).region.hover();
  await expect.poll(() => scripts.filter((url) => /hydrate/.test(url)).length).toBe(1);
  expect(scripts.filter((url) => url.includes('monaco'))).toEqual([]);
});

for (const width of [1280, 390]) {
  test(`shows the whole code and lets a click reach it at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(GUIDE);
    const { region, editor } = playgroundOf(page);
    const inside = await region.boundingBox();
    const code = region.locator('.play-static code').filter({ visible: true });
    await expect(code).toBeVisible();
    const box = await code.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(inside?.x ?? NaN);
    expect(box?.y).toBeGreaterThanOrEqual(inside?.y ?? NaN);
    // A click lands on the code, not on something that lies over it.
    await editor.click({ trial: true, position: { x: 80, y: 40 } });
  });
}

test('runs the program as it stands', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await expect(playground.region).toHaveAttribute('data-state', 'idle');
  await expect(playground.button('Stop')).toBeDisabled();
  await expect(playground.button('Reset')).toBeDisabled();

  await playground.button('Run').click();

  await expect(playground.region).toHaveAttribute('data-state', 'done');
  await expect(playground.status).toHaveText(/^Finished: 3 requests, last status 200, [\d.]+ s of simulated time$/);
  await expect(playground.rows).toHaveText([/Status/, /GET.*502/, /GET.*502/, /GET.*200/]);
  await expect(playground.console).toContainText('attempt 1: 502 Bad Gateway');
  await expect(playground.console).toContainText('attempt 3: 200 OK');
  await expect(playground.gatewayLog.locator('[data-log=error]')).toHaveText([
    /upstream prematurely closed connection while reading response header/,
    /upstream prematurely closed connection while reading response header/,
  ]);
});

test('keeps the size of everything while it runs', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  const before = await playground.region.boundingBox();
  await playground.button('Run').click();
  await expect(playground.region).toHaveAttribute('data-state', 'done');
  expect((await playground.region.boundingBox())?.height).toBe(before?.height);
});

test('draws the exchange that the reader chooses by keyboard', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  const picture = playground.region.getByRole('img', { name: /^Sequence diagram/ });
  await expect(picture).toHaveAccessibleName(/502 Bad Gateway/);

  await playground.rows.nth(3).getByRole('button').press('Enter');

  await expect(picture).toHaveAccessibleName(/200 OK/);
  await playground.region.getByText('The same as a table').click();
  await expect(playground.region.getByRole('row', { name: /upstream gateway 200 OK/ })).toBeVisible();
});

test('runs what the reader types, by keyboard alone', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await typeProgram(page, playground, "console.log('mine');\nawait fetch('https://api.example.com/orders/42');");
  await page.keyboard.press('ControlOrMeta+Enter');

  await expect(playground.region).toHaveAttribute('data-state', 'done');
  await expect(playground.status).toContainText('Finished: 1 request, last status 502');
  await expect(playground.console).toContainText('mine');
  await expect(playground.console).not.toContainText('attempt');

  await playground.button('Reset').click();
  await expect(playground.region).toHaveAttribute('data-state', 'idle');
  await expect(playground.console).toContainText('attempt 3: 200 OK');
  await expect(playground.button('Reset')).toBeDisabled();
});

test('lets the keyboard out of the editor with Tab', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await openEditor(playground);
  await expect(playground.editor).toHaveAccessibleDescription(/Tab leaves the editor; Ctrl\+M/);
  await page.keyboard.press('Tab');
  await expect(playground.button('Run')).toBeFocused();
});

test('names the line of an error', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await typeProgram(
    page,
    playground,
    "await fetch('https://api.example.com/orders/42');\nthrow new TypeError('no luck');",
  );
  await playground.button('Run').click();
  await expect(playground.region).toHaveAttribute('data-state', 'error');
  await expect(playground.status).toContainText('line 2: TypeError: no luck');
  await expect(playground.console).toContainText('TypeError: no luck');
});

test('stops a program that never ends and keeps its output', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await typeProgram(page, playground, "console.log('before');\nawait 0;\nwhile (true) {}");
  await playground.button('Run').click();
  await expect(playground.region).toHaveAttribute('data-state', 'running');
  await expect(playground.console).toContainText('before');

  await playground.button('Stop').click();

  await expect(playground.region).toHaveAttribute('data-state', 'stopped');
  await expect(playground.console).toContainText('before');
  await playground.button('Reset').click();
  await playground.button('Run').click();
  await expect(playground.status).toContainText('Finished: 3 requests');
});

test('shares code by a link that waits for Run', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await typeProgram(page, playground, "console.log('shared');");
  await playground.button('Share').click();
  await expect(playground.status).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const other = await context.newPage();
  await other.addInitScript(() => localStorage.clear());
  await other.goto(link);
  const opened = playgroundOf(other);
  await expect(opened.region).toContainText('Code from a link. Read it, then press Run.');
  await expect(opened.region).toBeInViewport();
  await expect(opened.region).toHaveAttribute('data-state', 'idle');
  await expect(opened.editor).toHaveValue("console.log('shared');");
  await opened.button('Run').click();
  await expect(opened.console).toHaveText(/shared/);
});

test('shows the link when the clipboard refuses', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
  });
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await playground.button('Share').click();
  await expect(playground.status).toContainText('did not allow copying');
  await expect(playground.region.getByRole('textbox', { name: 'Link to this code' })).toHaveValue(/#play=2\./);
});

test('takes a damaged link kindly', async ({ page }) => {
  await page.goto(`${GUIDE}#play=1.damaged`);
  const playground = playgroundOf(page);
  await expect(playground.region).toContainText('The code in this link is damaged');
  await playground.button('Run').click();
  await expect(playground.status).toContainText('Finished: 3 requests');
});

test('restores a draft after a reload, and forgets it on demand', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await typeProgram(page, playground, "console.log('draft');");
  await page.reload();
  await expect(playground.region).toContainText('Restored your edits');
  await expect(playground.editor).toHaveValue("console.log('draft');");

  await playground.button('Start again').click();
  await expect(playground.editor).toHaveValue(/^const sleep/);
  await page.reload();
  await expect(playground.status).toContainText('Recorded result of the unedited program');
  await expect(playground.region).not.toContainText('Restored your edits');
});

test('works where the browser keeps no storage', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await typeProgram(page, playground, "console.log('unsaved');");
  await playground.button('Run').click();
  await expect(playground.console).toContainText('unsaved');
});

test('edits in a plain text area when the code editor cannot be loaded', async ({ page }) => {
  await page.route(/monaco-editor/, (route) => route.abort());
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  await playground.editor.fill("console.log('plain');");
  await expect(playground.region).toContainText('The code editor could not be loaded');
  await expect(playground.button('Reset')).toBeEnabled();
  await playground.button('Run').click();
  await expect(playground.console).toContainText('plain');
});

test('keeps to the speed that was chosen before the playground woke up', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundOf(page);
  const times = playground.region.getByRole('radiogroup', { name: 'Time' });
  await times.getByText('Real', { exact: true }).click();
  await playground.button('Run').click();
  // In real time the first second of back-off leaves room to press Stop.
  await expect(playground.rows).toHaveText([/Status/, /502/]);
  await playground.button('Stop').click();
  await expect(playground.status).toContainText('Stopped: 1 request, last status 502');
  await expect(times.getByRole('radio', { name: 'Real' })).toBeChecked();
});

test('saves the program as a file', async ({ page }) => {
  await page.goto(GUIDE);
  const [download] = await Promise.all([page.waitForEvent('download'), playgroundOf(page).button('Download').click()]);
  expect(download.suggestedFilename()).toBe('client.js');
  expect(await readFile(await download.path(), 'utf8')).toContain("fetch('https://api.example.com/orders/42')");
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });

  test('edits in a text area and keeps Run in reach', async ({ page }) => {
    await page.goto(GUIDE);
    const playground = playgroundOf(page);
    await playground.editor.tap();
    await playground.editor.fill("console.log('thumb');");
    await playground.button('Run').tap();
    await expect(playground.console).toContainText('thumb');
    await expect(playground.region.locator('.monaco-editor')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
