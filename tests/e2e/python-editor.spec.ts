import { expect, test, type Page } from '@playwright/test';
import { hasPython, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { openMonaco, typesAreOn, write, type Editor } from '../setup/editor-page.ts';
import { runToTheEnd } from '../setup/playground-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';

/** The code editor for Python: completions, signatures, hovers and checks by the interpreter that waits for Run. */

test.skip(() => !hasPython(), WITHOUT_PYTHON);

/** An interpreter takes seconds to come up on a slow machine. */
const COMES_UP = { timeout: 60_000 };

const FREE = '/playground/';
const GUIDE = '/guides/502-bad-gateway-in-python-api-calls/';

async function open(page: Page, address: string): Promise<Editor> {
  await page.goto(address);
  const region = page.getByRole('region', { name: /^Playground: / }).first();
  const tab = region.getByRole('tab', { name: 'Python' });
  if (address === FREE) await tab.click();
  const file = address === FREE ? region.getByRole('tabpanel', { name: 'client.py' }) : region;
  return {
    region,
    textbox: file.getByRole('textbox', { name: 'Code editor' }),
    tool: (name) => file.getByRole('toolbar', { name: 'Editor' }).getByRole('button', { name }),
    run: region.getByRole('button', { name: 'Run', exact: true }),
    monaco: file.locator('.monaco-editor').first(),
    lines: file.locator('.view-line'),
    status: region.getByRole('status'),
  };
}

test('completes, explains and checks the program with the libraries that it imports', async ({ page }) => {
  const noise = listenForNoise(page);
  const editor = await open(page, FREE);
  await write(page, editor, 'import requests\n\n');
  await typesAreOn(editor);
  await page.keyboard.type('requests.ge');
  await expect(page.getByRole('option', { name: /^get\b/ })).toBeVisible(COMES_UP);
  await page.keyboard.press('Enter');
  await expect(editor.lines.last()).toHaveText('requests.get');

  await page.keyboard.type('(');
  const signature = page.locator('.parameter-hints-widget');
  await expect(signature).toContainText('get(url, params=None, **kwargs) -> Response');
  await expect(signature.locator('.parameter.active')).toHaveText('url');
  await page.keyboard.type('"https://api.example.com/orders/42", time');
  await expect(page.getByRole('option', { name: /^timeout=/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('5');
  await expect(editor.lines.last()).toHaveText(
    /^requests\.get\("https:\/\/api\.example\.com\/orders\/42",\stimeout=5\)$/,
  );

  await editor.lines
    .last()
    .getByText('get', { exact: false })
    .first()
    .hover({ position: { x: 80, y: 8 } });
  await expect(page.locator('.monaco-hover:visible')).toContainText('Sends a GET request.');

  await page.keyboard.press('Escape');
  await write(page, editor, 'import pandas\nprint("never closed"\n');
  await expect(editor.region.locator('.squiggly-error')).toHaveCount(2);
  await editor.lines.nth(1).hover({ position: { x: 44, y: 8 } });
  await expect(page.locator('.monaco-hover:visible')).toContainText("SyntaxError: '(' was never closed");
  await editor.lines.first().hover({ position: { x: 80, y: 8 } });
  await expect(page.locator('.monaco-hover:visible')).toContainText('pandas is not in this playground.');
  expect(noise).toEqual({ complaints: [], foreignRequests: [] });
});

test('goes on answering after a run, whose result the questions do not touch', async ({ page }) => {
  const editor = await open(page, FREE);
  const program = `import sys
print("loaded:", [name for name in ("requests", "httpx", "gateway_lab.looking_up") if name in sys.modules])
import requests
print(requests.get("https://api.example.com/orders/42").status_code)
requests.`;
  await write(page, editor, program);
  await expect(
    page.getByRole('option', { name: /^adapters\b/ }).or(editor.region.locator('.squiggly-error')),
  ).toBeVisible(COMES_UP);
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option', { name: /^ConnectionError\b/ })).toBeVisible();
  await page.keyboard.type('codes');
  await page.keyboard.press('Escape');
  await runToTheEnd(editor.region, COMES_UP);
  const console = editor.region.getByRole('log', { name: 'Console' });
  // What the rehearsal has loaded for every program (rehearsal.py), and nothing that answered questions.
  await expect(console).toContainText("loaded: ['requests']");
  await expect(console).toContainText('502');

  await editor.textbox.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('\nrequests.Ses');
  await expect(page.getByRole('option', { name: /^Session\b/ })).toBeVisible(COMES_UP);
});

test('loads no interpreter for editing alone, and begins when a run has brought one', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/python/')) asked.push(pathname);
  });
  const editor = await open(page, GUIDE);
  await openMonaco(editor);
  await page.keyboard.press('Control+Space');
  await expect(editor.region).toContainText('Completions come with Python itself. Press Run once to load it.');
  await page.keyboard.type('x');
  expect(asked).toEqual([]);
  await page.keyboard.press('Backspace');
  await runToTheEnd(editor.region, COMES_UP);
  await typesAreOn(editor);
});

test('says in the plain editor what Python says about a mistake, and where', async ({ page }) => {
  const editor = await open(page, FREE);
  await editor.tool('Plain editor').click();
  await editor.textbox.fill('x = 1\nif x\n    print(x)\n');
  await runToTheEnd(editor.region, COMES_UP);
  await expect(editor.status).toContainText("line 2: SyntaxError: expected ':'");
});
