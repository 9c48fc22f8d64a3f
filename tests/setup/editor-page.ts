import { expect, type Locator, type Page } from '@playwright/test';

/** The editor of the guide's first playground, by the names that a screen reader says. */
export function editorOf(page: Page, title = 'A 502, twice, then the answer') {
  const region = page.getByRole('region', { name: `Playground: ${title}` });
  return {
    region,
    textbox: region.getByRole('textbox', { name: 'Code editor' }),
    tool: (name: string): Locator => region.getByRole('toolbar', { name: 'Editor' }).getByRole('button', { name }),
    run: region.getByRole('button', { name: 'Run', exact: true }),
    monaco: region.locator('.monaco-editor').first(),
    lines: region.locator('.view-line'),
    status: region.getByRole('status'),
  };
}
export type Editor = ReturnType<typeof editorOf>;

/** Focuses the code and waits until Monaco has taken the place of the text area. */
export async function openMonaco({ textbox, monaco }: Editor): Promise<void> {
  await textbox.focus();
  await expect(monaco).toBeVisible({ timeout: 30_000 });
  await expect(textbox).toBeFocused();
}

/** Replaces the whole program by keyboard. */
export async function write(page: Page, editor: Editor, code: string): Promise<void> {
  await openMonaco(editor);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
}

/** Waits for the type services. */
export const typesAreOn = ({ region }: Editor): Promise<void> =>
  expect(region.getByText('Completions and checks are on.')).toBeVisible({ timeout: 60_000 });

/** Monaco's own books, which the page opens for tests that ask before it loads. */
export const countMonaco = (page: Page): Promise<{ models: number; editors: number }> =>
  page.evaluate(() => {
    const { monaco } = globalThis as unknown as {
      monaco: { editor: { getModels(): unknown[]; getEditors(): unknown[] } };
    };
    return { models: monaco.editor.getModels().length, editors: monaco.editor.getEditors().length };
  });
/** Call it before `goto`. */
export async function openBooks(page: Page): Promise<void> {
  await page.addInitScript(() => Object.assign(globalThis, { MonacoEnvironment: { globalAPI: true } }));
}
