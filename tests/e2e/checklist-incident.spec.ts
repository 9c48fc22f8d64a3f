import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { recordLayoutShifts } from '../setup/layout-shifts.ts';
import { bytesOf, followTraffic, listFiles } from '../setup/traffic.ts';
import { violations } from '../setup/violations.ts';

const LIST = '/checklists/first-five-minutes/';

const box = (page: Page, name: RegExp) => page.getByRole('checkbox', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const outcome = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const step = (page: Page, name: RegExp) => page.getByRole('listitem').filter({ has: box(page, name) });
const says = (page: Page, words: string | RegExp) =>
  expect(page.locator('lab-checklist').getByRole('status')).toContainText(words);
const shownIncident = (page: Page) => page.locator('[data-incident]');
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

const ASK = /^Ask five times/;
const LOG = /^Read the gateway’s error log/;
const LISTENS = /^On the upstream: does anything listen/;

test.describe('values of a list', () => {
  test('are filled in once, stand in every command, quoted, and stay', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(LIST);
    await field(page, 'Host of the API').fill('shop.test');
    await field(page, 'Path that fails').fill('/a?b=1&c=2');
    await field(page, 'Upstream port').fill('9000');
    await page.reload();
    await expect(field(page, 'Host of the API')).toHaveValue('shop.test');
    const commands = page.locator('lab-checklist pre');
    await expect(commands.filter({ hasText: /api\.example\.com|\/orders\/42|8080/ })).toHaveCount(0);
    await expect(commands.filter({ hasText: "curl -si https://shop.test'/a?b=1&c=2' | head -n 20" })).toHaveCount(1);
    await expect(commands.filter({ hasText: String.raw`grep -E ':9000\b'` })).toHaveCount(1);
    const block = page.locator('.code-block').filter({ hasText: 'curl -si' });
    await block.hover();
    await block.getByRole('button').click();
    expect(await copied(page)).toBe("curl -si https://shop.test'/a?b=1&c=2' | head -n 20");
  });

  test('that cannot be get a sentence, and the command keeps what it had', async ({ page }) => {
    await page.goto(LIST);
    const host = field(page, 'Host of the API');
    await host.fill('shop.test; reboot');
    await host.blur();
    await expect(host).toHaveAttribute('aria-invalid', 'true');
    await expect(host).toHaveAccessibleDescription(/^Write a name or an IPv4 address/);
    await expect(page.locator('lab-checklist pre').filter({ hasText: 'reboot' })).toHaveCount(0);
    await box(page, ASK).check();
    await expect(host, 'what is wrong stays to be corrected').toHaveValue('shop.test; reboot');
    await host.fill('shop.test');
    await expect(host).toHaveAttribute('aria-invalid', 'false');
    await expect(page.locator('lab-checklist pre').filter({ hasText: 'https://shop.test/' })).not.toHaveCount(0);
  });

  test('come from a pasted address, host and path in one', async ({ page }) => {
    await page.goto(LIST);
    await field(page, 'Host of the API').fill('https://shop.test/v2/orders?id=7');
    await field(page, 'Host of the API').blur();
    await expect(field(page, 'Host of the API')).toHaveValue('shop.test');
    await expect(field(page, 'Path that fails')).toHaveValue('/v2/orders?id=7');
  });
});

test.describe('steps of an incident', () => {
  test('keep the time of the tick and a note', async ({ page }) => {
    await page.clock.setFixedTime(new Date('2026-11-22T03:12:45'));
    await page.goto(LIST);
    await box(page, ASK).check();
    await expect(step(page, ASK)).toContainText('Ticked 03:12:45.');
    await button(page, /^Note: Ask five times/).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: /^Note on: Ask five times/ })).toBeFocused();
    await page.keyboard.type('three of five');
    await page.reload();
    await expect(page.getByRole('textbox', { name: /^Note on: Ask five times/ })).toHaveValue('three of five');
    await expect(step(page, ASK)).toContainText('Ticked 03:12:45.');
  });

  test('are a decision tree for the keyboard: an outcome leads to the next step', async ({ page }) => {
    await page.goto(LIST);
    await box(page, LOG).focus();
    await outcome(page, 'Connection refused').focus();
    await page.keyboard.press('ArrowDown');
    await expect(outcome(page, 'could not be resolved')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(box(page, LISTENS)).toBeFocused();
    await says(page, /^Seen: Connection refused\. Next: On the upstream/);
    await expect(box(page, LOG)).toBeChecked();
    await page.reload();
    await expect(outcome(page, 'Connection refused')).toHaveAttribute('aria-pressed', 'true');
    await expect(step(page, LOG)).toContainText(/Seen \d\d:\d\d:\d\d: Connection refused\./);
    await outcome(page, 'Connection refused').press('Space');
    await expect(outcome(page, 'Connection refused')).toHaveAttribute('aria-pressed', 'false');
    await outcome(page, 'too big header').click();
    await says(page, 'It points to a cause: cookies or buffer.');
    await expect(outcome(page, 'too big header')).toBeFocused();
  });

  test('say when they go on in another list', async ({ page }) => {
    await page.goto('/checklists/upstream-closed-early/');
    await outcome(page, 'code=killed, SIGKILL or WORKER TIMEOUT in the same seconds').click();
    await says(page, 'It goes on in another list: a worker died.');
  });

  test('survive a new edition: one gone, one more, one renamed', async ({ page }) => {
    await page.goto(LIST);
    for (const name of [ASK, LOG, LISTENS]) await box(page, name).check();
    // The page as a later edition would bring it.
    await page.route(`**${LIST}`, async (route) => {
      const html = await (await route.fetch()).text();
      const body = html
        .replaceAll('data-item="ask-again"', 'data-item="ask-five-times" data-was="ask-again"')
        .replaceAll('data-item="is-it-listening"', 'data-item="brand-new"');
      await route.fulfill({ body, contentType: 'text/html' });
    });
    await page.reload();
    await expect(box(page, ASK)).toBeChecked();
    await expect(box(page, LOG)).toBeChecked();
    await expect(box(page, LISTENS)).not.toBeChecked();
    await expect(page.locator('[data-count]')).toHaveText(/^2 of/);
    await page.unroute(`**${LIST}`);
    await page.reload();
    await expect(box(page, LISTENS)).toBeChecked();
  });
});

test.describe('several incidents', () => {
  test('are begun, named, switched, deleted and brought back', async ({ page }) => {
    await page.goto(LIST);
    await box(page, ASK).check();
    await field(page, 'Host of the API').fill('shop.test');
    await button(page, 'Incidents').click();
    await button(page, 'New incident').click();
    await page.keyboard.type('Payments down');
    await expect(shownIncident(page)).toHaveText('Payments down');
    await expect(box(page, ASK)).not.toBeChecked();
    await expect(field(page, 'Host of the API')).toHaveValue('shop.test');
    await box(page, LOG).check();
    await button(page, 'Show Incident 1').click();
    await expect(box(page, ASK)).toBeChecked();
    await expect(box(page, LOG)).not.toBeChecked();
    await page.reload();
    await expect(shownIncident(page)).toHaveText('Incident 1');
    await button(page, 'Incidents').click();
    await button(page, 'Delete Incident 1').click();
    await says(page, 'Deleted “Incident 1”.');
    await expect(shownIncident(page)).toHaveText('Payments down');
    await button(page, 'Undo').click();
    await expect(shownIncident(page)).toHaveText('Incident 1');
    await expect(box(page, ASK)).toBeChecked();
    await button(page, 'Delete Incident 1').click();
    await button(page, 'Delete Payments down').click();
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await button(page, 'Undo').click();
    await expect(box(page, LOG)).toBeChecked();
    await expect(page.getByRole('textbox', { name: 'Name of the incident' })).toHaveCount(1);
  });

  test('are worked on side by side in two tabs', async ({ page, context }) => {
    await page.goto(LIST);
    await box(page, ASK).check();
    const other = await context.newPage();
    await other.goto(LIST);
    await button(other, 'Incidents').click();
    await button(other, 'New incident').click();
    await box(other, LOG).check();
    await expect(box(page, LOG)).not.toBeChecked();
    await box(page, LISTENS).check();
    await expect(other.getByRole('group', { name: 'Incidents' })).toContainText('2 of');
    await expect(box(other, LISTENS)).not.toBeChecked();
    await button(other, 'Show Incident 1').click();
    await expect(box(other, LISTENS)).toBeChecked();
  });
});

test.describe('what is taken out', () => {
  test.beforeEach(async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(LIST);
    await field(page, 'Host of the API').fill('shop.test');
    await outcome(page, 'Connection refused').click();
    await button(page, /^Note: Read the gateway/).click();
    await page.keyboard.type('14 lines\nsince 03:10');
  });

  test('is Markdown with times, outcomes and notes', async ({ page }) => {
    await button(page, 'Copy as Markdown').click();
    await says(page, 'Copied.');
    const text = await copied(page);
    expect(text).toMatch(/- \[x\] Read the gateway’s error log for that second\.\n {2}- Ticked: \d{4}-\d\d-\d\d \d\d:/);
    expect(text).toMatch(/\n {2}- Seen .*: Connection refused\n {2}- Note: 14 lines\n {4}since 03:10\n/);
    expect(text).toContain('Filled in: Host of the API `shop.test`');
  });

  test('is a JSON file', async ({ page }) => {
    const download = page.waitForEvent('download');
    await button(page, 'Save JSON').click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('first-five-minutes.json');
    const saved = JSON.parse(readFileSync(await file.path(), 'utf8')) as Record<string, unknown>;
    expect(saved).toMatchObject({ list: 'first-five-minutes', incident: 'Incident 1', values: { host: 'shop.test' } });
    expect(saved['steps']).toContainEqual(
      expect.objectContaining({ id: 'gateway-log', ticked: true, note: '14 lines\nsince 03:10' }),
    );
  });

  test('is a link, which asks before anything changes', async ({ page, browser }) => {
    await button(page, 'Copy link').click();
    await says(page, 'Copied a link');
    const link = await copied(page);
    const stranger = await browser.newPage();
    const requests: string[] = [];
    await stranger.goto(LIST);
    await box(stranger, ASK).check();
    await stranger.goto('/checklists/');
    stranger.on('request', (request) => requests.push(request.url() + (request.postData() ?? '')));
    await stranger.goto(link);
    const question = stranger.getByRole('group', { name: 'Incident from a link' });
    await expect(question).toContainText('brings “Incident 1”, with 1 tick and 1 note.');
    await expect(question).toContainText('Host of the API shop.test');
    await expect(box(stranger, ASK)).toBeChecked();
    await expect(field(stranger, 'Host of the API')).toHaveValue('');
    await button(stranger, 'Replace “Incident 1”').click();
    await expect(box(stranger, LOG)).toBeChecked();
    await expect(box(stranger, ASK)).not.toBeChecked();
    expect(new URL(stranger.url()).hash).toBe('');
    await button(stranger, 'Undo').click();
    await expect(box(stranger, ASK)).toBeChecked();
    await stranger.goto(link);
    await button(stranger, 'Add it as an incident').click();
    await expect(shownIncident(stranger)).toHaveText('Incident 1, from a link');
    await expect(step(stranger, LOG)).toContainText('Connection refused');
    await stranger.reload();
    await expect(question).toBeHidden();
    await expect(box(stranger, LOG)).toBeChecked();
    expect(requests.filter((url) => /shop\.test|14%20lines|checklist=/.test(url))).toEqual([]);
    await stranger.close();
  });

  test('is a link that says when it is damaged', async ({ page }) => {
    await page.goto(`${LIST}#checklist=1.AAAA`);
    await says(page, 'damaged');
    await expect(box(page, LOG)).toBeChecked();
  });
});

test.describe('the list with everything open', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(LIST);
    await field(page, 'Upstream port').fill('no');
    await outcome(page, 'Connection refused').click();
    await button(page, /^Note: Read the gateway/).click();
    await page.keyboard.type('14 lines');
    await button(page, 'Incidents').click();
    await expect(button(page, 'New incident')).toBeVisible();
  });

  for (const theme of ['light', 'dark']) {
    test(`has no accessibility violation, ${theme}, on a phone`, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  }

  test('prints its values, its incident, its times and its notes', async ({ page }) => {
    await page.getByRole('textbox', { name: 'Name of the incident' }).fill('Night of the 22nd');
    await page.emulateMedia({ media: 'print' });
    await expect(shownIncident(page)).toBeVisible();
    await expect(page.getByRole('textbox', { name: /^Note on: Read the gateway/ })).toBeVisible();
    await expect(step(page, LOG).getByText(/^Ticked/)).toBeVisible();
    await expect(button(page, 'Incidents')).toBeHidden();
    await expect(field(page, 'Upstream port')).toBeHidden();
  });
});

test('what only some readers need loads when they reach for it, and nothing moves when the script comes', async ({
  page,
}) => {
  const shifts = await recordLayoutShifts(page);
  const traffic = followTraffic(page);
  await page.goto(LIST);
  await traffic.settled();
  const before = traffic.fetched();
  expect(bytesOf(before.filter(({ kind }) => kind === 'code')), listFiles(before)).toBeLessThanOrEqual(48_000);
  expect(before.filter(({ text, path }) => path.endsWith('.js') && text.includes('New incident'))).toEqual([]);
  expect(await shifts()).toEqual([]);
});
