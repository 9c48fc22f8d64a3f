import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { sitemapPaths } from '../setup/built-site.ts';
import {
  DATA,
  LIST,
  LOG_STEP,
  RIGHT,
  banner,
  begin,
  box,
  button,
  cause,
  choice,
  field,
  kept,
  log,
  outputOf,
  recorded,
  says,
  titleOfCause,
  toPractice,
  tryIt,
} from '../setup/practice-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';
import { followTraffic } from '../setup/traffic.ts';

test('nothing of it loads before it is asked for, and the choice names no cause', async ({ page }) => {
  const noise = listenForNoise(page);
  const traffic = followTraffic(page);
  await page.goto(LIST);
  await traffic.settled();
  const isOfPractice = ({ path, text }: { path: string; text: string }): boolean =>
    path.startsWith('/data/practice') || text.includes('practice-banner');
  expect(traffic.fetched().filter(isOfPractice)).toEqual([]);
  await toPractice(page).click();
  await expect(page.getByRole('radio', { name: 'Surprise me' })).toBeChecked();
  await expect(choice(page)).toContainText(recorded.story);
  await expect(choice(page)).not.toContainText(recorded.cause);
  expect(traffic.fetched().map(({ path }) => path)).toContain(`${DATA}.json`);
  expect(traffic.fetched().filter(({ path }) => path.startsWith(`${DATA}/`))).toEqual([]);
  await button(page, 'Cancel').click();
  await expect(choice(page)).toHaveCount(0);
  await expect(toPractice(page)).toBeFocused();
  await toPractice(page).click();
  await button(page, 'Start').click();
  await expect(banner(page)).toContainText('Practice: nothing here touches your own incidents');
  expect(noise).toEqual({ complaints: [], foreignRequests: [] });
});

test('a list without recordings offers none', async ({ page }) => {
  const list = sitemapPaths().find(
    (path) => /^\/checklists\/[^/]+\/$/.test(path) && !existsSync(`content/practice/${path.split('/')[2] ?? ''}`),
  );
  test.skip(list === undefined, 'Every list has recordings.');
  await page.goto(list ?? '');
  await expect(button(page, 'Incidents')).toBeVisible();
  await expect(toPractice(page)).toHaveCount(0);
});

test('a whole incident is walked through with the keyboard', async ({ page }) => {
  const press = (key: string) => page.keyboard.press(key);
  await page.goto(LIST);
  await toPractice(page).focus();
  await press('Enter');
  await expect(page.getByRole('radio', { name: 'Surprise me' })).toBeFocused();
  const named = page.getByRole('radio', { name: recorded.title });
  for (let tries = 0; tries < 30 && !(await named.isChecked()); tries += 1) await press('ArrowDown');
  await press('Enter');
  await expect(banner(page).getByRole('paragraph').first()).toBeFocused();
  await press('Tab');
  await expect(button(page, 'Name the cause')).toBeFocused();

  // Under a command, after Copy.
  const step = page.getByRole('listitem').filter({ has: box(page, LOG_STEP) });
  await step.getByRole('button', { name: 'Copy', exact: true }).focus();
  await press('Tab');
  await expect(tryIt(page, LOG_STEP)).toBeFocused();
  await press('Enter');
  await expect(log(page, LOG_STEP)).toContainText(outputOf('gateway-log').trim().split('\n')[0] ?? '');
  await expect(log(page, LOG_STEP)).toContainText('Exit code 0');
  await expect(step).toContainText(`As recorded with nginx ${recorded.version} on ${recorded.recorded}.`);
  await expect(button(page, `Hide the output: ${LOG_STEP}`)).toBeFocused();
  await press('Tab');
  await expect(log(page, LOG_STEP), 'the keyboard can scroll it').toBeFocused();

  // A branch leads on as in the list itself.
  await button(page, 'Connection refused').focus();
  await press('Enter');
  await expect(box(page, /^On the upstream: does anything listen/)).toBeFocused();
  await says(page, 'Seen: Connection refused.');

  await button(page, 'Name the cause').focus();
  await press('Enter');
  const select = page.getByRole('combobox', { name: 'Name the cause' });
  await expect(select).toBeFocused();
  await press('Tab');
  await press('Enter');
  await expect(cause(page).getByRole('status')).toHaveText('Choose a cause first.');
  await select.focus();
  await page.keyboard.type(await titleOfCause(page));
  await expect(select).toHaveValue(recorded.cause);
  await press('Tab');
  await press('Enter');
  const result = cause(page).locator('.practice-result');
  await expect(result).toBeFocused();
  await expect(result).toContainText(/^Right: /);
  await expect(result).toContainText('You tried 1 of 9 steps.');
  await expect(result.getByRole('link', { name: LOG_STEP })).toBeVisible();
  await expect(result.locator('mark').first()).toContainText('Connection refused');
  await expect(result.getByRole('link', { name: 'The cause, and how to fix it' })).toHaveAttribute(
    'href',
    `/causes/${recorded.cause}/`,
  );
  await expect(result.getByRole('link', { name: 'Its checklist' })).toHaveAttribute('href', /^\/checklists\//);
  await button(page, 'Another incident').focus();
  await press('Enter');
  await expect(page.getByRole('radio', { name: 'Surprise me' })).toBeFocused();
  await expect(banner(page)).toHaveCount(0);
});

test('a wrong cause is answered with the step that decides, tried or not, and can be given up', async ({ page }) => {
  await page.goto(LIST);
  await begin(page);
  const select = page.getByRole('combobox', { name: 'Name the cause' });
  const status = cause(page).getByRole('status');
  await select.selectOption('upstream-timeout');
  await button(page, 'Check').click();
  await expect(status).toHaveText(`It is another one. You have not tried the step that decides: ${LOG_STEP}`);
  await tryIt(page, LOG_STEP).click();
  await expect(status, 'it holds no longer').toBeEmpty();
  await button(page, 'Check').click();
  await expect(status).toContainText('What this step printed speaks against it');
  await status.getByRole('link', { name: LOG_STEP }).click();
  await expect(box(page, LOG_STEP)).toBeInViewport();
  await button(page, 'Show me').click();
  await expect(cause(page)).toContainText(RIGHT);
  await expect(cause(page)).toContainText('You tried 1 of 9 steps.');
  await expect(cause(page)).not.toContainText('Right:');
});

test('steps that printed nothing, and steps that could not run, say so', async ({ page }) => {
  await page.goto(LIST);
  await begin(page);
  for (const [id, { by, output, why }] of Object.entries(recorded.steps)) {
    const step = page.getByRole('listitem').filter({ has: page.locator(`[data-item="${id}"]`) });
    if (by === 'none') await expect(step).toContainText(why);
    else {
      await step.getByRole('button', { name: /^Try it/ }).click();
      await expect(step.getByRole('log')).toContainText(output === '' ? 'It printed nothing.' : output.trim());
    }
  }
});

test('the reader’s own incidents stay as they are, and come back', async ({ page }) => {
  await page.goto(LIST);
  await field(page, 'Host of the API').fill('shop.test');
  await field(page, 'Upstream port').fill('nine');
  await field(page, 'Upstream port').blur();
  await box(page, /^Ask five times/).check();
  await button(page, /^Note: Ask five times/).click();
  await page.keyboard.type('three of five');
  await button(page, 'Incidents').click();
  const before = await kept(page);

  await begin(page);
  await expect(box(page, /^Ask five times/)).not.toBeChecked();
  await expect(page.getByRole('textbox', { name: /^Note on/ })).toHaveCount(0);
  await expect(field(page, 'Host of the API')).toHaveValue('api.example.com');
  await expect(field(page, 'Host of the API')).toBeDisabled();
  await expect(page.getByRole('group', { name: /^Values of the recorded machine, fixed/ })).toBeVisible();
  await expect(page.locator('lab-checklist pre').filter({ hasText: 'shop.test' })).toHaveCount(0);
  for (const name of ['Incidents', 'Copy link']) await expect(button(page, name)).toBeHidden();
  await box(page, LOG_STEP).check();
  await button(page, /^Note: Read the whole answer/).click();
  await page.keyboard.type('in practice');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: /^Note on: Read the whole/ })).toHaveValue('in practice');
  await button(page, 'Reset').click();
  await button(page, 'Undo').click();
  await expect(box(page, LOG_STEP)).toBeChecked();
  expect(await kept(page)).toBe(before);

  await button(page, 'End practice').click();
  await says(page, 'Practice is over. Everything of yours is as it was.');
  await expect(toPractice(page)).toBeFocused();
  expect(await kept(page)).toBe(before);
  await expect(box(page, /^Ask five times/)).toBeChecked();
  await expect(box(page, LOG_STEP)).not.toBeChecked();
  await expect(page.getByRole('textbox', { name: /^Note on: Ask/ })).toHaveValue('three of five');
  await expect(field(page, 'Host of the API')).toHaveValue('shop.test');
  await expect(field(page, 'Upstream port'), 'what was being written').toHaveValue('nine');
  await expect(field(page, 'Upstream port')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('lab-checklist pre').filter({ hasText: 'https://shop.test/' })).not.toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Try it/ })).toHaveCount(0);
});

test('practice goes on after a reload and a look at another page, until it is ended', async ({ page, context }) => {
  await page.goto(LIST);
  await box(page, /^Ask five times/).check();
  await begin(page);
  await tryIt(page, LOG_STEP).click();
  await box(page, LOG_STEP).check();
  await page.reload();
  await expect(banner(page)).toContainText(recorded.story);
  await expect(log(page, LOG_STEP)).toContainText('Exit code 0');
  await expect(box(page, LOG_STEP)).toBeChecked();
  await expect(box(page, /^Ask five times/)).not.toBeChecked();
  await page.goto(`/causes/${recorded.cause}/`);
  await page.goto(LIST);
  await expect(banner(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto(LIST);
  await expect(box(other, /^Ask five times/), 'another tab shows the reader’s own').toBeChecked();
  await expect(banner(other)).toHaveCount(0);
  await button(page, 'End practice').click();
  await page.reload();
  await expect(box(page, /^Ask five times/)).toBeChecked();
  await expect(box(page, LOG_STEP)).not.toBeChecked();
  await expect(banner(page)).toHaveCount(0);
});

test('a link with an incident waits until practice is over', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(LIST);
  await box(page, /^Ask five times/).check();
  await button(page, 'Copy link').click();
  await says(page, 'Copied a link');
  const { hash } = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  await begin(page);
  await page.evaluate((address) => (location.hash = address), hash);
  await says(page, 'You can look at it when you end practice.');
  await expect(page.getByRole('group', { name: 'Incident from a link' })).toHaveCount(0);
  await button(page, 'End practice').click();
  await expect(page.getByRole('group', { name: 'Incident from a link' })).toContainText('with 1 tick');
});

test('what is taken out of practice is marked as such: Markdown, JSON and paper', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(LIST);
  await begin(page);
  await tryIt(page, LOG_STEP).click();
  await button(page, 'Connection refused').click();
  await button(page, 'Copy as Markdown').click();
  await says(page, 'Copied.');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^## First five minutes of a 502: Practice\n\n> Practice on an incident recorded with nginx/);
  expect(text).toContain('- [x] Read the gateway’s error log');
  const download = page.waitForEvent('download');
  await button(page, 'Save JSON').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('first-five-minutes-practice.json');
  const saved = JSON.parse(readFileSync(await file.path(), 'utf8')) as { incident: string; practice: string };
  expect(saved.incident).toBe('Practice');
  expect(saved.practice).toMatch(/^Practice on an incident/);
  await page.emulateMedia({ media: 'print' });
  await expect(banner(page)).toContainText('Practice: nothing here touches your own incidents');
  await expect(page.locator('[data-incident]')).toHaveText('Practice');
  await expect(log(page, LOG_STEP)).toBeVisible();
  for (const name of ['End practice', /^Hide the output/, 'Check'])
    await expect(page.locator('lab-checklist').getByRole('button', { name })).toHaveCount(0);
});
