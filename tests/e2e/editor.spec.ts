import { expect, test, type Route } from '@playwright/test';
import { editorOf, openMonaco, typesAreOn, write } from '../setup/editor-page.ts';
import { GUIDE } from '../setup/playground-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';
import { violations } from '../setup/violations.ts';

test('completes, explains and checks what the program can use, and loads that after the first edit', async ({
  page,
}) => {
  const noise = listenForNoise(page);
  const services: string[] = [];
  page.on('request', (request) => {
    if (/ts\.worker|monaco-types/.test(request.url())) services.push(request.url());
  });
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await openMonaco(editor);
  await page.keyboard.press('ArrowDown');
  expect(services).toEqual([]);

  await write(
    page,
    editor,
    "const answer = await fetch('https://api.example.com/orders/42');\nanswer.stauts;\nlocalStorage;\n",
  );
  await typesAreOn(editor);
  await page.keyboard.type('answer.sta');
  await expect(page.getByRole('option', { name: /^status\b/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(editor.lines.last()).toHaveText('answer.status');

  await editor.lines.first().getByText('fetch').hover();
  await expect(page.locator('.monaco-hover:visible')).toContainText('Promise<Response>');
  await editor.lines.nth(1).getByText('stauts').hover();
  await expect(page.locator('.monaco-hover:visible')).toContainText("Did you mean 'status'?");
  await editor.lines.nth(2).getByText('localStorage').hover();
  await expect(page.locator('.monaco-hover:visible')).toContainText(
    'localStorage is not available in this playground.',
  );
  expect(noise.complaints).toEqual([]);
});

test('asks for completions before the first edit with Ctrl+Space', async ({ page }) => {
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await openMonaco(editor);
  await page.keyboard.press('Control+Space');
  await typesAreOn(editor);
  await expect(page.getByRole('option', { name: /^AbortController\b/ })).toBeVisible();
});

test('goes on without types where they cannot be loaded, and tries again when asked', async ({ page }) => {
  const refuse = (route: Route): Promise<void> => route.abort();
  await page.route(/ts\.worker/, refuse);
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await write(page, editor, "console.log('still here');\n");
  await expect(editor.region).toContainText('Completions and checks could not be loaded. Everything else works.');
  await editor.run.click();
  await expect(editor.region.getByRole('log', { name: 'Console' })).toContainText('still here');

  await page.unroute(/ts\.worker/, refuse);
  await editor.textbox.focus();
  await page.keyboard.press('Control+Space');
  await typesAreOn(editor);
});

test('formats the program, and undo takes that back', async ({ page }) => {
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await write(page, editor, 'const pair=[1,2];\nconsole.log( pair );');
  await editor.tool('Format').click();
  await expect(editor.lines).toHaveText([/^const\spair\s=\s\[1,\s2\];$/, 'console.log(pair);']);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.lines).toHaveText([/^const\spair=\[1,2\];$/, /^console\.log\(\spair\s\);$/]);

  // Reset is one more step that undo goes back over.
  await editor.region.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(editor.lines.first()).toHaveText(/^const\ssleep/);
  await editor.textbox.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.lines.first()).toHaveText(/^const\spair=/);
});

test('finds, and comes back to the code', async ({ page }) => {
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await editor.tool('Find').click();
  await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused({ timeout: 30_000 });
  await page.keyboard.type('attempt');
  await expect(editor.region.locator('.matchesCount')).toHaveText('1 of 6');
  await page.keyboard.press('Escape');
  await expect(editor.textbox).toBeFocused();
});

test('marks where the last run failed until the next edit', async ({ page }) => {
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await write(
    page,
    editor,
    "await fetch('https://api.example.com/orders/42');\nconst a = 1; throw new TypeError('no luck');\n",
  );
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(editor.status).toContainText('line 2: TypeError: no luck');
  const mark = editor.region.locator('.play-failed-line');
  await expect(mark).toHaveCount(1);
  const place = await mark.boundingBox();
  const line = await editor.lines.nth(1).boundingBox();
  expect(place?.y).toBeCloseTo(line?.y ?? NaN, 0);
  await editor.lines.nth(1).getByText('new', { exact: true }).hover();
  await expect(page.locator('.monaco-hover:visible')).toContainText('TypeError: no luck');

  await editor.textbox.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('// mended');
  await expect(mark).toHaveCount(0);
});

test.describe('TypeScript', () => {
  test('runs beside JavaScript, is checked, and tells its own lines and columns', async ({ page }) => {
    await page.goto(GUIDE);
    const editor = editorOf(page, 'A client that survives');
    await expect(editor.region.getByRole('tablist', { name: 'Language' }).getByRole('tab')).toHaveText([
      'JavaScript',
      'TypeScript',
      'Python',
    ]);
    await editor.region.getByRole('tab', { name: 'TypeScript' }).click();
    await editor.run.click();
    await expect(editor.status).toContainText('Finished: 6 requests, last status 502');

    await write(
      page,
      editor,
      'const id: string = 42;\nconst order: { id: string } = { id }; throw new RangeError(order.id);\n',
    );
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(editor.status).toContainText('line 2: RangeError: 42');
    await expect(editor.region.getByRole('log', { name: 'Console' })).toContainText('client.ts:2:45');
    await typesAreOn(editor);
    await editor.region.locator('.squiggly-error').first().hover({ force: true });
    await expect(page.locator('.monaco-hover:visible')).toContainText(
      "Type 'number' is not assignable to type 'string'.",
    );

    await write(page, editor, 'const fine: number = 1;\nconst broken: = 2;\n');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(editor.status).toContainText('line 2');
    await expect(editor.status).toContainText('SyntaxError: Unexpected token');
    await expect(editor.region.locator('.play-failed-line')).toHaveCount(1);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the open editor passes axe and fits at 200 % zoom, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 640, height: 400 },
      deviceScaleFactor: 2,
    });
    const page = await context.newPage();
    await page.goto(GUIDE);
    const editor = editorOf(page);
    await write(page, editor, 'const answer = 1;\nanswer.toFi');
    await typesAreOn(editor);
    await page.keyboard.press('Control+Space');
    await expect(page.getByRole('option', { name: /^toFixed\b/ })).toBeVisible();
    expect(await violations(page, 'play-ground')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await context.close();
  });
}
