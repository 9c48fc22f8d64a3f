import { expect, type Locator, type Page } from '@playwright/test';
import { runToTheEnd } from './playground-page.ts';

/** An interpreter takes seconds to come up on a slow machine. */
export const COMES_UP = { timeout: 60_000 };

/** A playground that shows its Python program. */
export interface PythonPage {
  readonly region: Locator;
  readonly console: Locator;
  readonly write: (program: string) => Promise<void>;
  readonly run: () => Promise<void>;
}

/** Opens a playground, the free one if none is named, on its Python tab. */
export async function openPython(page: Page, address = '/playground/'): Promise<PythonPage> {
  await page.goto(address);
  const region = page.getByRole('region', { name: /^Playground: / }).first();
  await region.getByRole('tab', { name: 'Python' }).click();
  await expect(region.getByRole('tab', { name: 'Python' })).toHaveAttribute('aria-selected', 'true');
  return {
    region,
    console: region.getByRole('log', { name: 'Console' }),
    write: async (program) => {
      // The large editor would come with the focus; it has tests of its own.
      await page.route(/monaco-editor\./, (route) => route.abort());
      await region.getByRole('textbox', { name: 'Code editor' }).fill(program);
    },
    run: () => runToTheEnd(region, COMES_UP),
  };
}
