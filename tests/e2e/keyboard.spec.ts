import { expect, test } from '@playwright/test';
import { curlRequest } from '../setup/curl-request.ts';
import { expectStop, tabTo } from '../setup/keyboard.ts';
import { GUIDE, partsOf, playgroundsOf } from '../setup/playground-page.ts';

/** The main task by keyboard alone: no pointer, and no focus that the reader's own keys have not set. */

test('from the address bar through code, run, evidence and time, to share and reset', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await page.goto(GUIDE);
  const playground = partsOf(playgroundsOf(page).first());
  const { region, button, editor, status, rows, console: printed } = playground;
  const row = (id: number) => rows.getByRole('button', { name: new RegExp(`^${id} ?, show request$`) });
  const tab = (name: string) => region.getByRole('tab', { name, exact: true });

  await test.step('reach the code', async () => {
    await tabTo(page, button('Find'));
    // The next stop is the code, and Monaco takes its place under the reader's hands.
    await page.keyboard.press('Tab');
    await expect(region.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
    await expect(editor).toBeFocused();
    await expectStop(page);
  });
  await test.step('edit it', async () => {
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type("console.log('by hand');\n");
    await expect(button('Reset')).toBeEnabled();
  });
  await test.step('leave the editor as its hint says', async () => {
    await expect(editor).toHaveAccessibleDescription(/^Tab leaves the editor/);
    await tabTo(page, button('Run'));
  });
  await test.step('run', async () => {
    await page.keyboard.press('Enter');
    await expect(status).toHaveText(/^Finished: 3 requests, last status 200/);
    await expect(printed).toContainText('by hand');
    await expect(button('Run')).toBeFocused();
  });
  await test.step('walk through the requests', async () => {
    await tabTo(page, row(1));
    await page.keyboard.press('ArrowDown');
    await expect(row(2)).toBeFocused();
    await expect(row(2)).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('End');
    await expect(row(3)).toBeFocused();
    await expectStop(page);
    await expect(region.getByRole('img', { name: /^Sequence diagram/ })).toHaveAccessibleName(/200 OK/);
    await page.keyboard.press('Home');
    await expect(row(1)).toBeFocused();
  });
  await test.step('read the console and the log of the gateway', async () => {
    await tabTo(page, printed);
    await tabTo(page, playground.gatewayLog);
    await expect(playground.gatewayLog).toContainText('upstream prematurely closed connection');
    await tabTo(page, playground.gatewayLog.getByRole('button').first());
    await page.keyboard.press('ArrowDown');
    await expect(playground.gatewayLog.getByRole('button', { name: /^Request ?2$/ }).first()).toBeFocused();
    await expect(row(2)).toHaveAttribute('aria-pressed', 'true');
  });
  await test.step('copy as curl', async () => {
    await tabTo(page, button('Copy as curl'));
    await page.keyboard.press('Enter');
    await expect(region.getByText('Copied', { exact: true })).toBeVisible();
    expect(await curlRequest(await clipboard())).toMatchObject({ method: 'GET', url: '/orders/42' });
  });
  await test.step('open the tabs of the details', async () => {
    await tabTo(page, tab('Sequence'));
    for (const name of ['Headers', 'Body', 'Timing', 'Wire', 'What others say', 'Provenance']) {
      await page.keyboard.press('ArrowRight');
      await expect(tab(name)).toBeFocused();
      await expectStop(page);
      await expect(region.getByRole('tabpanel', { name })).toBeVisible();
    }
    await tabTo(page, region.getByRole('tabpanel', { name: 'Provenance' }));
  });
  await test.step('step through time', async () => {
    await tabTo(page, button('Step'), true);
    await page.keyboard.press('Enter');
    await expect(status).toContainText('Paused at 0 ms of simulated time: no requests, 1 on its way');
    await page.keyboard.press('Enter');
    await expect(status).toContainText('1 request, last status 502');
    await expect(button('Step')).toBeFocused();
    await tabTo(page, button('Resume'), true);
    await page.keyboard.press('Space');
    await expect(status).toHaveText(/^Finished: 3 requests, last status 200/);
    await expectStop(page);
  });
  await test.step('share', async () => {
    await tabTo(page, button('Share'), true);
    await page.keyboard.press('Enter');
    await expect(status).toContainText('Link copied');
    expect(await clipboard()).toContain('#play=2.');
  });
  await test.step('reset', async () => {
    await tabTo(page, button('Reset'), true);
    await page.keyboard.press('Enter');
    await expect(status).toHaveText('The program is back as it was.');
    await expect(button('Reset')).toBeFocused();
    await expectStop(page);
  });
});
