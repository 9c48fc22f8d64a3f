import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { curlRequest } from '../setup/curl-request.ts';
import { harObjections } from '../setup/har-objections.ts';
import { GUIDE, partsOf, playgroundsOf, pressMore, type PlaygroundParts } from '../setup/playground-page.ts';
import { violations } from '../setup/violations.ts';

/** What a reader comes for, on a phone and on a screen, in the light and in the dark: one visit for tasks that follow each other. */

const OWN = 'the upstream reads the whole request, then closes without a byte, first 2';

async function visit(page: Page, address = GUIDE): Promise<PlaygroundParts> {
  await page.goto(address);
  return partsOf(playgroundsOf(page).first());
}

/** Puts a program in place of the code, as the device lets a reader do it. */
async function write(page: Page, playground: PlaygroundParts, code: string): Promise<void> {
  const touch = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
  await playground.editor.focus();
  if (touch) return playground.editor.fill(code);
  await expect(playground.region.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
  await expect(playground.editor).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
}

const DEVICES = [
  { device: 'a phone of 390 px', options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  { device: 'a screen of 1280 px', options: { viewport: { width: 1280, height: 800 } } },
];

for (const { device, options } of DEVICES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`on ${device}, in the ${colorScheme}`, () => {
      test.use({ ...options, colorScheme });
      const sound = async (page: Page, state: string) =>
        expect(await violations(page, 'play-ground:has([data-state])'), state).toEqual([]);

      test('run, edit, stop, reset; restore a draft; share', async ({ page, context }) => {
        await context.grantPermissions(['clipboard-read', 'clipboard-write']);
        const playground = await visit(page);
        const { region, button, status, rows, console: printed } = playground;

        await test.step('run', async () => {
          await button('Run').click();
          await expect(status).toHaveText(/^Finished: 3 requests, last status 200, [\d.]+ s of simulated time$/);
          await expect(rows).toHaveText([/Status/, /GET.*502/, /GET.*502/, /GET.*200/]);
          await expect(button('Reset')).toBeDisabled();
        });
        await test.step('edit', async () => {
          await write(page, playground, "console.log('mine');\nawait fetch('https://api.example.com/orders/42');");
          await button('Run').click();
          await expect(status).toHaveText(/^Finished: 1 request, last status 502/);
          await expect(printed).toContainText('mine');
        });
        await test.step('restore a draft', async () => {
          await page.reload();
          await expect(region).toContainText('Restored your edits');
          await expect(playground.editor).toHaveValue(/mine/);
          await sound(page, 'with a restored draft');
        });
        await test.step('stop', async () => {
          await write(page, playground, "console.log('before');\nawait 0;\nwhile (true) {}");
          await button('Run').click();
          await expect(printed).toContainText('before');
          await expect(region).toHaveAttribute('data-state', 'running');
          await button('Stop').click();
          await expect(region).toHaveAttribute('data-state', 'stopped');
          await expect(status).toHaveText('Stopped: no requests. The output so far is kept.');
        });
        const link = await test.step('share', async () => {
          await button('Share').click();
          await expect(status).toContainText('Link copied');
          return page.evaluate(() => navigator.clipboard.readText());
        });
        await test.step('reset', async () => {
          // By keyboard: a click that has to be tried again scrolls the page itself.
          await button('Reset').focus();
          const { y } = await page.evaluate(() => ({ y: scrollY }));
          await page.keyboard.press('Enter');
          await expect(status).toHaveText('The program is back as it was.');
          await expect(region.getByText('const sleep').filter({ visible: true }).first()).toBeVisible();
          await expect(button('Reset')).toBeDisabled();
          await expect(button('Reset'), 'the focus stays').toBeFocused();
          expect(await page.evaluate(() => scrollY), 'the page stays').toBe(y);
          expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(colorScheme);
          await page.reload();
          await expect(status).toContainText('Recorded result of the unedited program');
        });
        await test.step('open what was shared', async () => {
          const other = partsOf(playgroundsOf(page).first());
          await page.goto('about:blank');
          await page.goto(link);
          await expect(other.region).toContainText('Code from a link');
          await expect(other.editor).toHaveValue(/^console.log\('before'\)/);
          await expect(other.region, 'nothing runs by itself').toHaveAttribute('data-state', 'idle');
        });
      });

      test('change what fails; compare gateways; step through time', async ({ page }) => {
        test.slow();
        const playground = await visit(page);
        const { region, button, status, rows } = playground;
        const simulated = region.locator('.play-simulates');
        await expect(simulated).toContainText(OWN);

        await test.step('change the gateway', async () => {
          await region.getByText('Change what fails').click();
          await region.getByRole('combobox', { name: 'Gateway' }).selectOption('haproxy');
          await expect(status).toContainText('From the next Run on: HAProxy');
          await expect(simulated).toContainText('HAProxy');
          await button('Run').click();
          await expect(rows.nth(1)).toContainText('haproxy');
          await sound(page, 'with the controls open');
        });
        await test.step('choose a fault by its words, and how often it strikes', async () => {
          const fault = region.getByRole('combobox', { name: 'Fault' });
          await fault.fill('read-timeout');
          await expect(region.getByRole('listbox').getByRole('option').first()).toContainText('read-timeout');
          await sound(page, 'with the list of faults open');
          await fault.press('Enter');
          await expect(fault).toHaveValue('read-timeout');
          await region.getByRole('spinbutton', { name: 'Fail first' }).fill('1');
          await region.getByRole('spinbutton', { name: 'Fail first' }).press('Enter');
          await expect(simulated).toContainText('first 1');
          await button('Run').click();
          await expect(rows).toHaveText([/Status/, /504/, /200/]);
          await region.getByRole('slider', { name: 'Failure rate' }).press('End');
          await expect(simulated).toContainText('on a schedule');
        });
        await test.step('take it all back', async () => {
          await button('Reset').click();
          await expect(simulated).toContainText(OWN);
          await expect(region.getByRole('combobox', { name: 'Gateway' })).toHaveValue('nginx');
          await region.getByText('Change what fails').click();
        });
        await test.step('compare two gateways', async () => {
          await region.getByText('What if another gateway answered?').click();
          await region.getByRole('combobox', { name: 'Compared with' }).selectOption('envoy');
          await button('Run both').click();
          const table = region.getByRole('table', { name: 'What differs' });
          await expect(table.getByRole('row', { name: /^What came back/ })).toContainText(
            '502 Bad Gateway × 2, 200 OK',
          );
          await expect(
            region
              .getByRole('table', { name: /^Requests through Envoy/ })
              .getByRole('row')
              .nth(1),
          ).toContainText('503');
          await sound(page, 'with two gateways compared');
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        });
        await test.step('step through time', async () => {
          await button('Step').click();
          await expect(status).toContainText('Paused at 0 ms of simulated time: no requests, 1 on its way');
          await expect(rows).toHaveText([/Status/, /waiting/]);
          await button('Step').click();
          await expect(status).toContainText('1 request, last status 502');
          await expect(region.getByRole('img', { name: /^Sequence diagram/ })).toHaveAccessibleName(/502/);
          await sound(page, 'paused');
          await button('Step').click();
          await expect(rows).toHaveText([/Status/, /502/, /waiting/]);
          await button('Resume').click();
          await expect(status).toHaveText(/^Finished: 3 requests, last status 200/);
          await expect(button('Pause')).toBeDisabled();
        });
        await test.step('pause what takes its time', async () => {
          await playground.time('Real').click();
          await button('Run').click();
          await expect(rows).toHaveText([/Status/, /502/]);
          await button('Pause').click();
          await expect(status).toContainText('Paused at');
          await button('Stop').click();
          await expect(status).toContainText('Stopped: 1 request');
        });
      });

      test('take it along: HAR, curl, DevTools', async ({ page, context }) => {
        await context.grantPermissions(['clipboard-read', 'clipboard-write']);
        const playground = await visit(page);
        const { region, button, status } = playground;
        await button('Run').click();
        await expect(status).toContainText('Finished');

        await test.step('export an archive', async () => {
          await button('More').click();
          await sound(page, 'with the menu open');
          await page.keyboard.press('Escape');
          const [download] = await Promise.all([page.waitForEvent('download'), pressMore(playground, 'Export HAR')]);
          expect(download.suggestedFilename()).toBe('a-502-twice-then-the-answer.har');
          const har: unknown = JSON.parse(await readFile(await download.path(), 'utf8'));
          expect(harObjections(har)).toEqual([]);
          expect(har).toHaveProperty('log.entries.length', 3);
        });
        await test.step('copy as curl', async () => {
          await region.getByRole('button', { name: 'Copy as curl' }).click();
          await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^curl /);
          const request = await curlRequest(await page.evaluate(() => navigator.clipboard.readText()));
          expect(request).toMatchObject({ method: 'GET', url: '/orders/42', headers: { host: 'api.example.com' } });
        });
        await test.step('show the requests in the browser’s own tools, and stop that', async () => {
          const seen: string[] = [];
          page.on('request', (sent) => seen.push(new URL(sent.url()).pathname));
          const mode = region
            .getByRole('group', { name: 'More actions' })
            .getByRole('switch', { name: 'Show in DevTools' });
          await button('More').click();
          await mode.click();
          await expect(status).toHaveText('Requests now show in DevTools. Press Run.');
          await expect(mode).toBeChecked();
          await sound(page, 'with the mode on');
          await page.keyboard.press('Escape');
          await button('Run').click();
          await expect(status).toHaveText(/^Finished: 3 requests, last status 200/);
          const orders = () => seen.filter((path) => path.endsWith('/orders/42')).length;
          expect(orders()).toBe(3);
          await button('More').click();
          await mode.click();
          await expect(status).toHaveText('Requests stay inside the sandbox again.');
          await expect(mode).not.toBeChecked();
          await page.keyboard.press('Escape');
          await button('Run').click();
          await expect(status).toHaveText(/^Finished: 3 requests, last status 200/);
          expect(orders(), 'none was added').toBe(3);
        });
      });
    });
  }
}
