import { expect, test, type Page } from '@playwright/test';
import { hasPython, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { listenForNoise } from '../setup/quiet-page.ts';
import { COMES_UP, openPython } from '../setup/python-page.ts';

/** Python programs that read what their reader types. */

test.skip(() => !hasPython(), WITHOUT_PYTHON);

const PROGRAM = `import asyncio, sys, requests
name = input("Who are you? ")
print("asks for", name)
print(requests.get("https://api.example.com/orders/42").status_code)
print("Which order?")
order = sys.stdin.readline().strip()
print("order", order, "for", name)
async def more():
    return input("more> ")
try:
    asyncio.run(more())
except EOFError as error:
    print("no more:", error)
print("over")
`;

/** A browser in which a program cannot wait for a promise: it runs anew for each answer. */
async function withoutSuspension(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(WebAssembly, 'Suspending'));
  await page.route(/\/python\.[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: `Reflect.deleteProperty(WebAssembly, 'Suspending');${await response.text()}`,
    });
  });
}

for (const [where, prepare] of [
  ['', () => Promise.resolve()],
  [', also where programs cannot be suspended', withoutSuspension],
] as const) {
  test(`asks for input by keyboard, and goes on with it${where}`, async ({ page }) => {
    const noise = listenForNoise(page);
    await prepare(page);
    const python = await openPython(page);
    await python.write(PROGRAM);
    const status = python.region.getByRole('status');
    const console = python.console.locator('.play-entry > div');
    await python.region.getByRole('button', { name: 'Run', exact: true }).click();

    await expect(python.region.getByRole('textbox', { name: 'Who are you?' })).toBeFocused(COMES_UP);
    await expect(status).toHaveText('The program waits for your input: Who are you?');
    await expect(python.region).toHaveAttribute('data-state', 'running');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');

    await expect(python.region.getByRole('textbox', { name: 'Input for the program' })).toBeFocused(COMES_UP);
    await expect(console).toHaveText(['Who are you?', 'Ada', 'asks for Ada', '502', 'Which order?']);
    await page.keyboard.type('42');
    await python.region.getByRole('button', { name: 'Send' }).click();

    await expect(python.region.getByRole('textbox', { name: 'more>' })).toBeVisible(COMES_UP);
    await python.region.getByRole('button', { name: 'End of input' }).click();
    await expect(python.region).toHaveAttribute('data-state', 'done', COMES_UP);
    await expect(console).toHaveText([
      ...['Who are you?', 'Ada', 'asks for Ada', '502', 'Which order?', '42', 'order 42 for Ada'],
      ...['more>', 'no more: EOF when reading a line', 'over'],
    ]);
    await expect(python.region.getByRole('table', { name: 'Network' }).getByRole('row')).toHaveText([/Status/, /502/]);
    await expect(status).toHaveText(/^Finished: 1 request/);
    await expect(python.region.getByRole('button', { name: 'Send' })).toBeHidden();
    expect(noise.foreignRequests).toEqual([]);
  });

  test(`stops a program that waits for input${where}`, async ({ page }) => {
    await prepare(page);
    const python = await openPython(page);
    await python.write('print("begins")\ninput("Name: ")\n');
    await python.region.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(python.region.getByRole('textbox', { name: 'Name:' })).toBeVisible(COMES_UP);
    await python.region.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(python.region).toHaveAttribute('data-state', 'stopped');
    await expect(python.region.getByRole('textbox', { name: 'Name:' })).toBeHidden();
    await expect(python.console).toContainText('KeyboardInterrupt', COMES_UP);
    await expect(python.console.getByText('begins')).toHaveCount(1);

    await python.write('print("again")\n');
    await python.run();
    await expect(python.console).toContainText('again');
    await expect(python.console).not.toContainText('KeyboardInterrupt');
  });
}
