import { expect, test, type Route } from '@playwright/test';
import { countMonaco, editorOf, openBooks, openMonaco, write } from '../setup/editor-page.ts';
import { GUIDE, playgroundsOf } from '../setup/playground-page.ts';

test('keeps the size of the code that the reader chose', async ({ page }) => {
  await page.goto(GUIDE);
  const editor = editorOf(page);
  const size = (): Promise<number> =>
    editor.region
      .locator('textarea')
      .first()
      .evaluate((area) => Number.parseFloat(getComputedStyle(area).fontSize));
  const usual = await size();
  await editor.tool('larger').click();
  await editor.tool('larger').click();
  await expect(editor.region).toContainText('Code at 130 %.');
  expect(await size()).toBeCloseTo(1.3 * usual, 1);
  await openMonaco(editor);
  const inMonaco = (scale: number): Promise<void> =>
    expect(editor.region.locator('.view-lines')).toHaveCSS('font-size', `${(scale * usual).toFixed(1)}px`);
  await inMonaco(1.3);
  await editor.tool('smaller').click();
  await inMonaco(1.15);

  await page.reload();
  expect(await size()).toBeCloseTo(1.15 * usual, 1);
  expect(
    await page
      .locator('.play-static code')
      .first()
      .evaluate((code) => getComputedStyle(code).fontSize),
  ).toBe(
    await editor.region
      .locator('textarea')
      .first()
      .evaluate((area) => getComputedStyle(area).fontSize),
  );
});

test('does all that was clicked before its code was there', async ({ page }) => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
  await page.route(/hydrate\.[^/]*js$/, async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(GUIDE);
  const editor = editorOf(page);
  for (const tool of ['larger', 'larger', 'larger', 'smaller'] as const) await editor.tool(tool).click();
  arrive(undefined);
  await expect(editor.region).toContainText('Code at 130 %.');
});

test('lets Tab leave, or indent where the reader wants that, and always leaves after Escape', async ({ page }) => {
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await write(page, editor, 'fetch;');
  await expect(editor.textbox).toHaveAccessibleDescription(
    /^Tab leaves the editor; Ctrl\+M lets it indent\. Ctrl\+Enter/,
  );
  await page.keyboard.press('Tab');
  await expect(editor.run).toBeFocused();
  await expect(editor.lines).toHaveText(['fetch;']);

  await editor.textbox.focus();
  await page.keyboard.press('Control+m');
  await expect(editor.textbox).toHaveAccessibleDescription(/^Tab indents; Escape, then Tab leaves the editor\./);
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  await expect(editor.lines).toHaveText([/^\s{2}fetch;$/]);
  await expect(editor.textbox).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor.run).toBeFocused();

  await page.reload();
  await openMonaco(editor);
  await expect(editor.textbox).toHaveAccessibleDescription(/^Tab indents;/);
  await page.keyboard.press('Control+m');
  await page.keyboard.press('Tab');
  await expect(editor.run).toBeFocused();
});

test('names the keys of a Mac on a Mac', async ({ browser }) => {
  const context = await browser.newContext({
    userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36',
  });
  const page = await context.newPage();
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await openMonaco(editor);
  await expect(editor.textbox).toHaveAccessibleDescription(/Ctrl\+Shift\+M lets it indent\. ⌘ Enter runs the code\./);
  await page.keyboard.press('Control+Shift+m');
  await expect(editor.textbox).toHaveAccessibleDescription(/^Tab indents;/);
  await context.close();
});

test('changes to a plain text area and back, with text and caret, and remembers', async ({ page }) => {
  await openBooks(page);
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await write(page, editor, "console.log('plain');");
  await page.keyboard.press('ArrowLeft');
  await editor.tool('Plain editor').click();
  await expect(editor.tool('Plain editor')).toHaveAttribute('aria-pressed', 'true');
  await expect(editor.region.locator('.monaco-editor')).toHaveCount(0);
  expect(await countMonaco(page)).toEqual({ models: 0, editors: 0 });
  await expect(editor.textbox).toBeFocused();
  await page.keyboard.type(' // caret');
  await expect(editor.textbox).toHaveValue("console.log('plain') // caret;");
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(editor.region.getByRole('log', { name: 'Console' })).toContainText('plain');

  await page.reload();
  await editor.textbox.focus();
  await expect(editor.tool('Plain editor')).toHaveAttribute('aria-pressed', 'true');
  await editor.tool('Plain editor').click();
  await expect(editor.monaco).toBeVisible({ timeout: 30_000 });
  await expect(editor.lines).toHaveText(["console.log('plain') // caret;"]);
});

test('formats in the plain text area too, and the browser takes that back', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('play-editor', '{"plain":true}'));
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await editor.textbox.fill('if(true){\n1\n}');
  await editor.tool('Format').click();
  await expect(editor.textbox).toHaveValue('if (true) {\n  1\n}', { timeout: 60_000 });
  await expect(editor.region).toContainText('Formatted.');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.textbox).toHaveValue('if(true){\n1\n}');
});

test('loses nothing that is typed while Monaco loads, and undoes it', async ({ page }) => {
  const held: Route[] = [];
  await page.route(/monaco-core/, (route) => void held.push(route));
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await editor.textbox.focus();
  await expect.poll(() => held.length).toBe(1);
  await expect(editor.textbox).toHaveAccessibleDescription('Loading the code editor. You can type already.');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('// one ');
  for (const route of held) await route.continue();
  await expect(editor.monaco).toBeVisible({ timeout: 30_000 });
  await expect(editor.textbox).toBeFocused();
  await page.keyboard.type('two ');
  await expect(editor.lines.first()).toHaveText(/^\/\/\sone\stwo\sconst\ssleep/);
  // One for each word that was typed into Monaco, one for all that was typed before.
  for (let step = 0; step < 4; step++) await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.lines.first()).toHaveText(/^const\ssleep/);
});

test('stays a text area where Monaco cannot be loaded, says so once and keeps text and caret', async ({ page }) => {
  await page.route(/monaco-core/, (route) => route.abort());
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await editor.textbox.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('// a');
  await expect(editor.region.getByText('The code editor could not be loaded.')).toHaveCount(1);
  await page.keyboard.type('b\n');
  await expect(editor.textbox).toHaveValue(/^\/\/ ab\nconst sleep/);
  await editor.tool('Find').click();
  await expect(editor.textbox).toBeFocused();
  await expect(editor.region).toContainText('Ctrl+F finds text in this editor too.');
});

test.describe('on touch', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });

  test('edits in a text area and never fetches Monaco', async ({ page }) => {
    const monaco: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('monaco')) monaco.push(request.url());
    });
    await page.goto(GUIDE);
    const editor = editorOf(page);
    await editor.textbox.tap();
    await editor.textbox.fill("console.log('thumb');");
    await editor.run.tap();
    await expect(editor.region.getByRole('log', { name: 'Console' })).toContainText('thumb');
    expect(monaco.filter((url) => !url.includes('environment'))).toEqual([]);
    const size = await editor.textbox.evaluate((area) => Number.parseFloat(getComputedStyle(area).fontSize));
    expect(size, 'smaller text areas make phones zoom in').toBeGreaterThanOrEqual(16);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

test('leaves no model and no editor behind when its element goes', async ({ page }) => {
  await openBooks(page);
  await page.goto(GUIDE);
  await openMonaco(editorOf(page));
  await openMonaco(editorOf(page, 'Six causes, one status code'));
  expect(await countMonaco(page)).toEqual({ models: 2, editors: 2 });
  await page
    .locator('play-ground')
    .first()
    .evaluate((element) => element.remove());
  await expect.poll(() => countMonaco(page)).toEqual({ models: 1, editors: 1 });
  await page
    .locator('play-ground')
    .first()
    .evaluate((element) => element.remove());
  await expect.poll(() => countMonaco(page)).toEqual({ models: 0, editors: 0 });
});

test('every playground of the page has a toolbar with one stop for Tab', async ({ page }) => {
  await page.goto(GUIDE);
  for (const region of await playgroundsOf(page).all()) {
    await expect(region.getByRole('toolbar', { name: 'Editor' }).locator('[tabindex="0"]')).toHaveCount(1);
  }
  const editor = editorOf(page);
  await editor.tool('smaller').click();
  await expect(editor.region).toContainText('Code at 90 %.');
  await editor.tool('Find').focus();
  await page.keyboard.press('ArrowRight');
  await expect(editor.tool('Format')).toBeFocused();
  await page.keyboard.press('End');
  await expect(editor.tool('Plain editor')).toBeFocused();
});
