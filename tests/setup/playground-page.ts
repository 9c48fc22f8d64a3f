import { deflateRawSync } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';

/** The page that the tests of the playground read and run: the guide with several playgrounds. */
export const GUIDE = '/guides/502-bad-gateway-in-api-calls/';

/** The playgrounds of a page, in order. */
export const playgroundsOf = (page: Page): Locator => page.getByRole('region', { name: /^Playground: / });

/** Presses Run and waits until the program has ended. */
export async function runToTheEnd(playground: Locator): Promise<void> {
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', /^(?:done|error)$/);
}

/** Opens the guide with `code` in its first playground, as a share link does: it waits there for Run. */
export async function openWith(page: Page, code: string): Promise<Locator> {
  const share = { v: 1, id: 'first-502', code, file: 'client.js', scenario: 'first-two-attempts-fail' };
  await page.goto(`${GUIDE}#play=1.${deflateRawSync(JSON.stringify(share)).toString('base64url')}`);
  const playground = playgroundsOf(page).first();
  await expect(playground.getByRole('textbox', { name: 'Code editor' })).toHaveValue(code);
  return playground;
}

export const consoleOf = (playground: Locator): Locator => playground.getByRole('log', { name: 'Console' });
