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
