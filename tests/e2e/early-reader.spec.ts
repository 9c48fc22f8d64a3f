import { expect, test, type Page } from '@playwright/test';
import { GUIDE, linkTo, partsOf, playgroundsOf } from '../setup/playground-page.ts';

/**
 * A quick reader on a slow machine: what is done before the code for it has arrived is done all the same, once, in its
 * order. Each test holds back the part of the code that it is about until the reader has acted.
 */

/** Holds back the scripts whose name matches until the test lets them go. */
async function holdBack(page: Page, name: RegExp): Promise<() => void> {
  const { promise: gone, resolve } = Promise.withResolvers<null>();
  await page.route(name, async (route) => {
    await gone;
    await route.continue();
  });
  return () => resolve(null);
}

const HYDRATE = /\/hydrate\.[^/]*js$/;

const guideOf = (page: Page) => partsOf(playgroundsOf(page).first());

/** The text area stays: Monaco is not what these tests are about. */
async function open(page: Page, address = GUIDE): Promise<void> {
  await page.route(/monaco-editor/, (route) => route.abort());
  await page.goto(address);
}

test('levels of the console that were chosen before anything was alive are those that show', async ({ page }) => {
  const letGo = await holdBack(page, HYDRATE);
  await open(page);
  const { region, console } = guideOf(page);
  const levels = region.getByRole('combobox', { name: 'Console levels' });
  await levels.selectOption('Errors');
  letGo();
  await expect(console).toHaveText('Nothing of these levels was printed.');
  await expect(levels).toHaveValue('errors');
});

test('two columns that were pressed before anything was alive: the second one sorts', async ({ page }) => {
  const letGo = await holdBack(page, /\/(?:hydrate|take-over)\.[^/]*js$/);
  await open(page);
  const column = (name: string) => guideOf(page).region.getByRole('columnheader', { name });
  await column('Status').getByRole('button').click();
  await column('Duration').getByRole('button').click();
  letGo();
  await expect(column('Duration')).toHaveAttribute('aria-sort', 'ascending');
  await expect(column('Status')).not.toHaveAttribute('aria-sort');
});

test('time that was chosen before anything was alive is the time of the run', async ({ page }) => {
  const letGo = await holdBack(page, HYDRATE);
  await open(page);
  const { region, button, time } = guideOf(page);
  await time('Real').click();
  await button('Run').click();
  letGo();
  await expect(region).toHaveAttribute('data-state', 'done');
  await expect(region.getByRole('radio', { name: 'Real' })).toBeChecked();
});

test('a key that was pressed on the tabs moves to the next one', async ({ page }) => {
  const letGo = await holdBack(page, HYDRATE);
  await open(page, '/playground/');
  const { region } = guideOf(page);
  const tab = (name: string) => region.getByRole('tab', { name, exact: true });
  await tab('JavaScript').focus();
  await page.keyboard.press('ArrowRight');
  letGo();
  await expect(tab('TypeScript')).toBeFocused();
  await expect(tab('TypeScript')).toHaveAttribute('aria-selected', 'true');
});

test('a shortcut for one step takes one step', async ({ page }) => {
  const letGo = await holdBack(page, HYDRATE);
  await open(page);
  const { region, editor, rows } = guideOf(page);
  await editor.press('Control+Shift+Enter');
  letGo();
  await expect(region.locator('[data-pending]')).toHaveCount(1);
  await expect(rows).toHaveCount(2);
});

test('steps that were asked for before the program was there are all taken', async ({ page }) => {
  const letGo = await holdBack(page, /\/sandbox\/guest\//);
  await open(page);
  const { region, button, rows } = guideOf(page);
  // A request leaves, its answer comes, the next one leaves.
  for (let step = 0; step < 3; step++) await button('Step').click();
  letGo();
  await expect(region.locator('[data-pending]')).toHaveCount(1);
  await expect(rows).toHaveText([/Status/, /502/, /waiting/]);
});

test('a step in real time stops at the first request, whatever has to be loaded for it', async ({ page }) => {
  await open(page);
  const { region, button, time, rows } = guideOf(page);
  await time('Real').click();
  await button('Step').click();
  await expect(rows).toHaveText([/Status/, /waiting/]);
  await expect(region.getByRole('button', { name: 'Resume' })).toBeEnabled();
});

test('a run that is paused before its program is there stands until it is resumed', async ({ page }) => {
  const letGo = await holdBack(page, /\/data\/kits\//);
  await open(page);
  const { region, button, rows } = guideOf(page);
  await button('Run').click();
  await button('Pause').click();
  letGo();
  await expect(button('Resume')).toBeEnabled();
  await button('Resume').click();
  await expect(region).toHaveAttribute('data-state', 'done');
  await expect(rows).toHaveCount(4);
});

test('a program that was typed into the free page before it was alive is the one that runs', async ({ page }) => {
  const letGo = await holdBack(page, /\/free-parts\.[^/]*js$/);
  await open(page, '/playground/');
  const { region, button, editor, console, time } = guideOf(page);
  await editor.fill("console.log('typed early', new Date(0).getFullYear())");
  await time('10×').click();
  await button('Run').click();
  letGo();
  await expect(region).toHaveAttribute('data-state', 'done');
  await expect(console).toContainText('typed early 1970');
  await expect(region.getByRole('radio', { name: '10×' })).toBeChecked();
});

test('a run waits for the program that a link brings', async ({ page }) => {
  const letGo = await holdBack(page, /\/arrivals\.[^/]*js$/);
  await open(page, GUIDE + linkTo("console.log('from the link')"));
  const { region, button, console } = guideOf(page);
  await button('Run').click();
  letGo();
  await expect(region).toHaveAttribute('data-state', 'done');
  await expect(console).toContainText('from the link');
});

test('a link that is made at once carries the scenario that was just written', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const letGo = await holdBack(page, /\/scenario-reader\.[^/]*js$/);
  await page.route(/open-scenario-editor/, (route) => route.abort());
  await open(page, '/playground/');
  const { region, button, status } = guideOf(page);
  await region.getByRole('tab', { name: 'Scenario' }).click();
  const yaml = region.getByRole('textbox', { name: 'Scenario editor' });
  await yaml.fill((await yaml.inputValue()).replace(/^title: .*$/m, 'title: Written in a hurry'));
  await button('Share').click();
  letGo();
  await expect(status).toContainText('Link copied.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await region.getByRole('tab', { name: 'Scenario' }).click();
  await expect(yaml).toHaveValue(/Written in a hurry/);
});

test('the search in the list of faults goes on with what was typed before the list was there', async ({ page }) => {
  const letGo = await holdBack(page, /\/controls\.[^/]*js$/);
  await open(page, '/playground/');
  const { region, status } = guideOf(page);
  const fault = region.getByRole('combobox', { name: 'Fault', exact: true });
  await fault.fill('certificate');
  letGo();
  await expect(region.getByRole('listbox', { name: 'Fault' })).toBeVisible();
  await expect(fault).toHaveValue('certificate');
  await expect(fault).toBeFocused();
  await region.getByRole('option', { name: /expired/ }).click();
  await expect(status).toContainText('From the next Run on');
});

test('what was copied stays in sight when the words about the controls come late', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const letGo = await holdBack(page, /\/choices-words\.[^/]*js$/);
  await open(page, '/playground/');
  const { region, button, status } = guideOf(page);
  await region.getByRole('combobox', { name: 'Gateway', exact: true }).selectOption('lighttpd');
  await button('Share').click();
  await expect(status).toContainText('Link copied.');
  letGo();
  await expect(region.locator('.play-simulates')).toContainText('lighttpd');
  await expect(status).toContainText('Link copied.');
});

test('a shortcut runs with the number that still has the focus', async ({ page }) => {
  await open(page, '/playground/');
  const { region, rows } = guideOf(page);
  const failFirst = region.getByRole('spinbutton', { name: 'Fail first' });
  await region.hover();
  await failFirst.fill('1');
  await failFirst.press('Control+Enter');
  await expect(region).toHaveAttribute('data-state', 'done');
  await expect(rows).toHaveText([/Status/, /502/, /200/]);
  await expect(failFirst).toBeFocused();
});

test('a run waits for Show in DevTools, which takes its time to start', async ({ page }) => {
  await open(page);
  const parts = guideOf(page);
  await parts.button('More').click();
  const letGo = await holdBack(page, /\/devtools\/frame\.html/);
  await parts.region.getByRole('switch', { name: 'Show in DevTools' }).click();
  await parts.button('Run').click();
  await expect(parts.region).toHaveAttribute('data-state', 'starting');
  const seen = page.waitForResponse((response) => response.fromServiceWorker() && response.url().includes('/orders/'));
  letGo();
  await seen;
  await expect(parts.region).toHaveAttribute('data-state', 'done');
});
