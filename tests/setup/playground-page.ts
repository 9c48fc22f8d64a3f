import { deflateRawSync } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';

/** The page that the tests of the playground read and run: the guide with several playgrounds. */
export const GUIDE = '/guides/502-bad-gateway-in-api-calls/';

/** The playgrounds of a page, in order. */
export const playgroundsOf = (page: Page): Locator => page.getByRole('region', { name: /^Playground: / });

/** Presses Run and waits until the program has ended. */
export async function runToTheEnd(playground: Locator, options?: { readonly timeout: number }): Promise<void> {
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', /^(?:done|error)$/, options);
}

/** The parts of a playground, by the names that a screen reader says. */
export interface PlaygroundParts {
  readonly region: Locator;
  readonly button: (name: string) => Locator;
  readonly editor: Locator;
  readonly console: Locator;
  readonly gatewayLog: Locator;
  /** The first one is the head. */
  readonly rows: Locator;
  readonly status: Locator;
  readonly time: (name: string) => Locator;
}

export const partsOf = (region: Locator): PlaygroundParts => ({
  region,
  button: (name) => region.getByRole('button', { name, exact: true }),
  editor: region.getByRole('textbox', { name: 'Code editor' }),
  console: region.getByRole('log', { name: 'Console' }),
  gatewayLog: region.getByRole('log', { name: 'Gateway log' }),
  rows: region.getByRole('table', { name: 'Network' }).getByRole('row'),
  status: region.getByRole('status'),
  time: (name) => region.getByRole('radiogroup', { name: 'Time' }).getByText(name, { exact: true }),
});

/** Opens the menu of rarer actions and presses one of them. */
export async function pressMore(playground: PlaygroundParts, name: string): Promise<void> {
  await playground.button('More').click();
  await playground.region.getByRole('group', { name: 'More actions' }).getByRole('button', { name }).click();
}

/** The hash of a share link to the guide's first playground. It puts `code` there, where it waits for Run. */
export function linkTo(code: string): string {
  const share = { v: 1, id: 'first-502', code, file: 'client.js', scenario: 'first-two-attempts-fail' };
  return `#play=1.${deflateRawSync(JSON.stringify(share)).toString('base64url')}`;
}

/** Opens the guide with `code` in its first playground, as a share link does. */
export async function openWith(page: Page, code: string): Promise<Locator> {
  await page.goto(GUIDE + linkTo(code));
  const playground = playgroundsOf(page).first();
  await expect(playground.getByRole('textbox', { name: 'Code editor' })).toHaveValue(code);
  return playground;
}

export const consoleOf = (playground: Locator): Locator => playground.getByRole('log', { name: 'Console' });
