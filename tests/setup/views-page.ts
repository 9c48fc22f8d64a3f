import type { Locator, Page } from '@playwright/test';
import { GUIDE, runToTheEnd } from './playground-page.ts';

/** The views of one playground, by the names that a screen reader says. */
export function viewsOf(playground: Locator) {
  return {
    playground,
    table: playground.getByRole('table', { name: 'Network' }),
    /** Numbers of the requests, as the rows stand. */
    order: () => playground.getByRole('table', { name: 'Network' }).locator('tbody th').allInnerTexts(),
    rowButton: (id: number): Locator =>
      playground
        .getByRole('table', { name: 'Network' })
        .getByRole('button', { name: new RegExp(`^${id} ?, show request$`) }),
    column: (name: string): Locator => playground.getByRole('columnheader', { name }),
    console: playground.getByRole('log', { name: 'Console' }),
    log: playground.getByRole('log', { name: 'Gateway log' }),
    tab: (name: string): Locator => playground.getByRole('tab', { name, exact: true }),
    panel: playground.locator('.play-detail').getByRole('tabpanel'),
    picture: playground.getByRole('img', { name: /^Sequence diagram/ }),
  };
}

/** Replaces the program without the editor, as a reader on a phone does, and runs it to the end. */
export async function runProgram(playground: Locator, code: string): Promise<void> {
  await playground.getByRole('textbox', { name: 'Code editor' }).fill(code);
  await runToTheEnd(playground);
}

/** The text area takes the place of Monaco, which is not what these tests are about. */
export async function openGuide(page: Page): Promise<void> {
  await page.route(/monaco-editor/, (route) => route.abort());
  await page.goto(GUIDE);
}
