import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { freeOf, openPage, openPlainScenario, PAGE, type Free } from '../setup/free-page.ts';
import { GUIDE, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';
import { bytesOf, followTraffic, listFiles } from '../setup/traffic.ts';

/** The free page as its readers use it: any gateway, any fault, a scenario of their own, links, files and frames. */

async function chooseFault({ fault }: Free, id: string): Promise<void> {
  await fault.fill(id);
  await fault.press('Enter');
}

test('shows the recorded run, the controls and the scenario without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(PAGE);
  const free = freeOf(page);
  await expect(free.rows).toHaveText([/Status/, /502/, /502/, /200/]);
  await expect(free.yaml).toHaveValue(/gateway: \{ id: nginx \}/);
  await expect(free.button('Run')).toBeHidden();
  await context.close();
});

test('costs no more than a guide before the reader reaches for it', async ({ page }) => {
  const traffic = followTraffic(page);
  await page.goto(PAGE);
  await traffic.settled();
  const files = traffic.fetched().filter(({ kind }) => kind === 'code');
  expect(bytesOf(files), listFiles(files)).toBeLessThanOrEqual(48_000);
});

test('answers for a gateway and a fault that the reader has chosen', async ({ page }) => {
  const noise = listenForNoise(page);
  const free = await openPage(page);
  await free.gateway.selectOption('haproxy');
  await expect(free.status).toContainText('HAProxy');
  await chooseFault(free, 'close-mid-chunk');
  await expect(free.status).toContainText('From the next Run on');
  await runToTheEnd(free.region);
  await expect(free.rows.nth(1)).toContainText('haproxy');
  await expect(free.region.getByRole('log', { name: 'Gateway log' })).toContainText('SD--');
  await expect(free.region.getByRole('log', { name: 'Console' })).toContainText('attempt 1: TypeError');
  expect(noise).toEqual({ complaints: [], foreignRequests: [] });
});

test('answers for a gateway that nobody can record, and says where that is written', async ({ page }) => {
  const free = await openPage(page);
  await free.gateway.selectOption('cloudflare');
  await chooseFault(free, 'read-timeout');
  await runToTheEnd(free.region);
  await expect(free.rows.nth(1)).toContainText('524');
  await expect(free.region).toContainText('Error 524: a timeout occurred');
  await free.gateway.selectOption('aws-alb');
  await runToTheEnd(free.region);
  await expect(free.rows.nth(1)).toContainText('504');
});

test('runs with what was chosen while the code of the controls was still on its way', async ({ page }) => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
  await page.route(/controls\.[^/]*js$/, async (route) => {
    await arrived;
    await route.continue();
  });
  const free = await openPage(page);
  await free.gateway.selectOption('haproxy');
  await free.button('Run').click();
  await expect(free.region).toHaveAttribute('data-state', 'starting');
  arrive(undefined);
  await expect(free.region).toHaveAttribute('data-state', 'done');
  await expect(free.rows.nth(1)).toContainText('haproxy');
  await expect(free.gateway).toHaveValue('haproxy');
});

test('says before the run that a gateway has no answer to a fault, and what to do', async ({ page }) => {
  const free = await openPage(page);
  await chooseFault(free, 'unix-missing');
  await free.gateway.selectOption('cloudflare');
  await free.button('Run').click();
  await expect(free.status).toContainText('There is no documented answer of Cloudflare to unix-missing.');
  await expect(free.status).toContainText('Choose another fault or another gateway.');
});

test('keeps in sight why the run failed when the words about the controls come late', async ({ page }) => {
  const { promise: wordsMayCome, resolve: letWordsCome } = Promise.withResolvers<undefined>();
  const { promise: controlsMayCome, resolve: letControlsCome } = Promise.withResolvers<undefined>();
  await page.route(/choices-words\.[^/]*js$/, async (route) => {
    await wordsMayCome;
    await route.continue();
  });
  await page.route(/controls\.[^/]*js$/, async (route) => {
    await controlsMayCome;
    await route.continue();
  });
  const free = await openPage(page);
  await free.gateway.selectOption('cloudflare');
  await free.fault.fill('unix-missing');
  await free.button('Run').click();
  letControlsCome(undefined);
  const why = 'There is no documented answer of Cloudflare to unix-missing.';
  await expect(free.status).toContainText(why);
  letWordsCome(undefined);
  await expect(free.region.locator('.play-simulates')).toContainText('Cloudflare');
  await expect(free.status).toContainText(why);
});

test('explains a mistake in the scenario with its line, runs nothing until it is mended, and loses no text', async ({
  page,
}) => {
  const free = await openPlainScenario(page);
  const text = await free.yaml.inputValue();
  const wrong = text.replace('close-after-request', 'close-after-requset');
  await free.yaml.fill(wrong);
  await expect(free.mistakes).toContainText(
    'there is no fault "close-after-requset"; the nearest are close-after-request',
  );
  await free.button('Run').click();
  await expect(free.status).toContainText('The scenario has a mistake in line 10');
  await expect(free.yaml).toHaveValue(wrong);

  await free.mistakes.getByRole('button', { name: 'Line 10' }).click();
  await expect(free.yaml).toBeFocused();
  await free.yaml.fill(text.replace('first: 2', 'first: 1').replace('nginx', 'envoy'));
  await expect(free.mistakes).toHaveText('');
  await runToTheEnd(free.region);
  await expect(free.rows).toHaveText([/Status/, /503/, /200/]);
});

test('keeps the controls and the text of the scenario in step, both ways', async ({ page }) => {
  const free = await openPlainScenario(page);
  await free.gateway.selectOption('haproxy');
  await expect(free.yaml).toHaveValue(/gateway: \{ id: haproxy \}/);
  await free.region.getByRole('spinbutton', { name: 'Fail first' }).fill('1');
  await free.region.getByRole('spinbutton', { name: 'Fail first' }).press('Enter');
  await expect(free.yaml).toHaveValue(/schedule: \{ first: 1 \}/);
  await expect(free.yaml, 'comments stay').toHaveValue(/# Any method and any path/);

  await free.yaml.fill((await free.yaml.inputValue()).replace('haproxy', 'caddy').replace('first: 1', 'first: 3'));
  await expect(free.gateway).toHaveValue('caddy');
  await expect(free.region.getByRole('spinbutton', { name: 'Fail first' })).toHaveValue('3');
});

test('proposes gateways in the large editor', async ({ page }) => {
  const free = await openPage(page);
  await free.tab('Scenario').click();
  await free.yaml.focus();
  await expect(free.region.locator('.free-monaco .monaco-editor').first()).toBeVisible({ timeout: 30_000 });
  await expect(free.yaml).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('gateway: { id: traf');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option', { name: /trafficserver/ })).toBeVisible();
});

test('imports scenarios and stub mappings, and refuses what is neither', async ({ page }) => {
  const free = await openPlainScenario(page);
  const give = (name: string, text: string) =>
    free.region
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const stubs = { request: { method: 'ANY', urlPathPattern: '/.*' }, response: { fault: 'CONNECTION_RESET_BY_PEER' } };
  await give('stub.json', JSON.stringify(stubs));
  await expect(free.yaml).toHaveValue(/fault: rst-after-request/);
  await runToTheEnd(free.region);
  await expect(free.rows.nth(4)).toContainText('502');

  await give('photo.json', '{"width":3}');
  await expect(free.region).toContainText('photo.json was not imported: its JSON is neither a scenario');
  await expect(free.yaml).toHaveValue(/fault: rst-after-request/);
});

test('shares the code, the scenario and the controls in a link, which runs nothing by itself', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const free = await openPlainScenario(page);
  await free.yaml.fill((await free.yaml.inputValue()).replace('id: 42', 'id: 4711'));
  await free.gateway.selectOption('traefik');
  await free.tab('JavaScript').click();
  await free.region.getByRole('radio', { name: '10×' }).check({ force: true });
  await free.button('Share').click();
  await expect(free.status).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/playground\/#play=2\.[\w-]+$/);

  const other = await context.browser()?.newContext();
  if (!other) throw new Error('There is no browser.');
  const reader = await other.newPage();
  await reader.goto(link);
  const there = freeOf(reader);
  await expect(there.region).toContainText('Code from a link');
  await expect(there.gateway).toHaveValue('traefik');
  await expect(there.region.getByRole('radio', { name: '10×' })).toBeChecked();
  await expect(there.region).toHaveAttribute('data-state', 'idle');
  await runToTheEnd(there.region);
  await expect(there.rows.nth(3)).toContainText('traefik');
  await there.tab('Scenario').click();
  await expect(there.yaml).toHaveValue(/id: 4711/);
  await other.close();
});

test('refuses a link that would be too long, and saves a file that can be imported', async ({ page }) => {
  const free = await openPlainScenario(page);
  // Noise does not get shorter by being packed.
  const noise = Array.from({ length: 1500 }, (_, index) => Math.sin(index).toString(36)).join('\n# ');
  await free.yaml.fill(`${await free.yaml.inputValue()}# ${noise}\n`);
  await free.button('Share').click();
  await expect(free.region).toContainText('This playground is too long for a link');
  const saved = page.waitForEvent('download');
  await free.button('Save the file').click();
  const file = await (await saved).path();
  await free.button('Reset').click();
  await expect(free.yaml).not.toHaveValue(new RegExp(noise.slice(0, 12)));
  await free.region
    .locator('input[type=file]')
    .setInputFiles({ name: 'playground.json', mimeType: 'application/json', buffer: await readFile(file) });
  await expect(free.region).toContainText('Code from a file');
  await expect(free.yaml).toHaveValue(new RegExp(noise.slice(0, 12)));
});

test('opens links of the first version, and says so when a link is damaged or too new', async ({ page }) => {
  const first = {
    v: 1,
    id: 'old',
    code: 'console.log("from the first version")',
    file: 'client.js',
    scenario: 'cold-start',
  };
  const packed = deflateRawSync(JSON.stringify(first)).toString('base64url');
  await page.goto(`${PAGE}#play=1.${packed}`);
  const free = freeOf(page);
  await expect(free.region.getByRole('textbox', { name: 'Code editor' })).toHaveValue(/from the first version/);
  for (const [hash, sentence] of [
    ['#play=2.damaged', 'damaged'],
    ['#play=3.abc', 'newer version'],
  ] as const) {
    await page.goto(`${PAGE}${hash}`);
    await page.reload();
    await expect(free.region).toContainText(sentence);
  }
});

test('opens a guide’s playground with its code and what the reader changed', async ({ page }) => {
  await page.goto(GUIDE);
  const guide = playgroundsOf(page).first();
  await guide.hover();
  await guide.getByText('Change what fails').click();
  await guide.getByRole('combobox', { name: 'Gateway', exact: true }).selectOption('varnish');
  await expect(guide.getByRole('status')).toContainText('Varnish');
  const code = await guide.getByRole('textbox', { name: 'Code editor' }).inputValue();
  await guide.getByRole('link', { name: 'Open in playground' }).click();
  await expect(page).toHaveURL(/\/playground\/#play=2\./);
  const free = freeOf(page);
  await expect(free.region).toContainText('Code from a link');
  await expect(free.gateway).toHaveValue('varnish');
  await expect(free.region.getByRole('textbox', { name: 'Code editor' })).toHaveValue(code);
  await runToTheEnd(free.region);
  await expect(free.rows.nth(1)).toContainText('varnish');
});

test('works in the frame of another site, whose browser keeps no storage', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  });
  const free = await openPage(page);
  await free.gateway.selectOption('lighttpd');
  await free.button('More').click();
  await free.button('Copy embed code').click();
  await expect(free.status).toContainText('HTML for your page copied');
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toContain(`src="${baseURL ?? ''}/playground/?embed#play=2.`);

  const site = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Another site</title>${code.replace('?embed#', '?embed&amp;theme=dark#')}`);
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  const frame = page.frameLocator('iframe');
  const inside = freeOf(frame);
  await expect(frame.getByRole('banner')).toBeHidden();
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(inside.region).toContainText('Code from a link');
  await runToTheEnd(inside.region);
  await expect(inside.rows.nth(1)).toContainText('lighttpd');
  const beside = context.waitForEvent('page');
  await frame.getByRole('link', { name: 'Open in Gateway Lab' }).click();
  await expect(await beside).toHaveURL(/\/playground\/#play=2\./);
  site.close();
  site.closeAllConnections();
});
