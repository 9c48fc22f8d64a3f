import { readFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { violations } from '../setup/violations.ts';
import { openGuide, runProgram, viewsOf } from '../setup/views-page.ts';

const TABS = ['Sequence', 'Headers', 'Body', 'Timing', 'Wire', 'What others say', 'Provenance'];

test('the table sorts by every column, and says so', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await expect(views.column('#')).toHaveAttribute('aria-sort', 'ascending');

  // The first press comes before anything is alive.
  await views.column('Status').getByRole('button').click();
  await expect(views.column('Status')).toHaveAttribute('aria-sort', 'ascending');
  await expect(views.column('#')).not.toHaveAttribute('aria-sort');
  expect(await views.order()).toEqual(['3', '1', '2'].map((id) => expect.stringContaining(id)));

  await views.column('Status').getByRole('button').press('Enter');
  await expect(views.column('Status')).toHaveAttribute('aria-sort', 'descending');
  await expect(views.column('Status').getByRole('button')).toBeFocused();
  await runToTheEnd(views.playground);
  expect(await views.order()).toEqual(['1', '2', '3'].map((id) => expect.stringContaining(id)));
});

test('a line of the log leads to its request, and shows which row it belongs to', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await runToTheEnd(views.playground);
  await views.log.getByRole('button', { name: /^Request ?3$/ }).click();
  await expect(views.rowButton(3)).toHaveAttribute('aria-pressed', 'true');

  await views.log.locator('[data-id="2"]').first().hover();
  await expect(views.table.locator('tr[data-marked]')).toHaveCount(1);
  await expect(views.table.locator('tr[data-marked]')).toContainText('2');
  await views.rowButton(1).focus();
  await expect(views.log.locator('[data-marked]')).toHaveText([/1 ?error/, /1 ?access/]);

  await views.playground.getByRole('combobox', { name: 'Log lines' }).selectOption('Error log');
  await expect(views.log.locator('[data-log]')).toHaveText([/prematurely/, /prematurely/]);
});

test('the detail shows headers, body, timing, wire, other clients and provenance, by keyboard', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  const shows: readonly (readonly [string, string | RegExp])[] = [
    ['Headers', /GET \/orders\/42[\s\S]*api\.example\.com[\s\S]*Content-Length/],
    ['Body', /HTML, 157 bytes[\s\S]*<h1>502 Bad Gateway<\/h1>/],
    ['Timing', /Request travels to nginx[\s\S]*Response travels to the client/],
    ['Wire', /HTTP\/1\.1 502 Bad Gateway\\r\\n/],
    ['What others say', /curl says[\s\S]*Python requests says[\s\S]*Node fetch says/],
    ['Provenance', /close-after-request[\s\S]*upstream-closed-early/],
  ];
  // The first press is on HTML that the page was built with, and does not get lost.
  await views.tab('Timing').press('Enter');
  await expect(views.tab('Timing')).toHaveAttribute('aria-selected', 'true');
  await expect(views.tab('Timing')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(views.tab('Sequence')).toBeFocused();
  for (const [name, text] of shows) {
    await page.keyboard.press('ArrowRight');
    await expect(views.tab(name)).toBeFocused();
    await expect(views.tab(name)).toHaveAttribute('aria-selected', 'true');
    await expect(views.panel).toHaveAccessibleName(name);
    await expect(views.panel).toContainText(text);
  }
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await expect(views.tab('Sequence')).toBeFocused();
  expect(await views.playground.getByRole('tab').allInnerTexts()).toEqual(expect.arrayContaining(TABS));
});

test('the diagram says in words where it broke', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await expect(views.playground.locator('.play-here')).toHaveText('breaks here');
  await views.playground.getByText('The same as a table').click();
  await expect(views.playground.getByRole('row', { name: /breaks here: closes the connection/ })).toBeVisible();
});

test('tells what the program was told beside what was on the wire', async ({ page }) => {
  await openGuide(page);
  const { playground, table } = viewsOf(page.getByRole('region', { name: 'Playground: A CORS error that is a 502' }));
  await runToTheEnd(playground);
  await table
    .getByRole('row', { name: /502, hidden/ })
    .first()
    .click();
  const detail = playground.locator('.play-truths');
  await expect(detail).toContainText(/On the wire\s*502 Bad Gateway, \d+ bytes, after/);
  await expect(detail).toContainText(
    /Your program was told\s*TypeError: Failed to fetch, because: .*Access-Control-Allow-Origin/,
  );
});

test('copies a request as curl that the shell can read', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openGuide(page);
  const { playground } = viewsOf(playgroundsOf(page).first());
  await runProgram(
    playground,
    `await fetch('https://api.example.com/orders/42', { headers: { 'X-Note': \`it's "quoted" \\$HOME\` } });`,
  );
  await playground.getByRole('button', { name: 'Copy as curl' }).click();
  await expect(playground.getByText('Copied', { exact: true })).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const words = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`])
    .toString()
    .split('\0');
  expect(words).toEqual(
    expect.arrayContaining([
      'https://api.example.com/orders/42',
      expect.stringMatching(/^x-note: it's "quoted" \$HOME$/i),
    ]),
  );

  await playground.getByRole('button', { name: 'Copy as fetch' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('await fetch("https:');
  await playground.getByRole('button', { name: 'Copy as Python requests' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('requests.get(');
});

test('lays the text out for copying by hand where the clipboard refuses', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
  });
  await openGuide(page);
  const { playground } = viewsOf(playgroundsOf(page).first());
  await playground.getByRole('button', { name: 'Copy the console' }).click();
  await expect(playground.getByRole('textbox', { name: /Copy this text by hand/ })).toHaveValue(/^attempt 1: 502/);
});

test('saves the run as an HTTP archive with every exchange', async ({ page }) => {
  await openGuide(page);
  const { playground } = viewsOf(playgroundsOf(page).first());
  await playground.getByRole('button', { name: 'More', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export HAR' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('a-502-twice-then-the-answer.har');
  const har = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    log: { entries: { response: { status: number } }[] };
  };
  expect(har.log.entries.map(({ response }) => response.status)).toEqual([502, 502, 200]);
});

test('the console draws levels, groups, tables, structures and causes, and filters them', async ({ page }) => {
  await openGuide(page);
  const views = viewsOf(playgroundsOf(page).first());
  await runProgram(
    views.playground,
    `console.table([{ id: 1, state: 'paid' }, { id: 2, total: 3 }]);
console.group('outer'); console.log('inner'); console.groupEnd();
console.warn('careful'); console.debug('quiet');
console.log({ order: { id: 42 } });
console.error(new Error('failed', { cause: new TypeError('reset') }));`,
  );
  const { console: output } = views;
  await expect(output.getByRole('row')).toHaveText([/index.*id.*state.*total/, /0.*1.*paid/, /1.*2.*3/]);
  await expect(output.locator('.play-entry', { hasText: 'inner' })).toHaveAttribute('style', /--depth:\s*1/);
  await expect(output).toContainText('Warning careful');
  await expect(output).toContainText('Debug quiet');
  await expect(output).toContainText('Caused by: TypeError: reset');
  await expect(output).toContainText('client.js:5:');
  await output.getByText('{order: {id: 42}}').click();
  await expect(output.getByRole('listitem')).toHaveText(/order: .*id: 42/);

  await views.playground.getByRole('combobox', { name: 'Console levels' }).selectOption('Warnings and errors');
  await expect(output.locator('.play-entry')).toHaveText([/careful/, /failed/]);
});

for (const { width, theme } of [
  { width: 1280, theme: 'light' },
  { width: 390, theme: 'dark' },
] as const) {
  test(`every tab is free of violations and keeps the page's width at ${width} px, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.addInitScript((value) => localStorage.setItem('starlight-theme', value), theme);
    await openGuide(page);
    const { playground, tab, panel } = viewsOf(playgroundsOf(page).first());
    await runToTheEnd(playground);
    test.slow();
    let height = 0;
    for (const name of TABS) {
      await tab(name).click();
      await expect(panel).toHaveAccessibleName(name);
      expect(await violations(page, '.play-detail')).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const now = (await panel.boundingBox())?.height ?? 0;
      expect(now, `${name} does not shrink the panel`).toBeGreaterThanOrEqual(height);
      height = now;
    }
  });
}
