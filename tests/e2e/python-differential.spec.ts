import { expect, test, type Page } from '@playwright/test';
import { DIFFERENCES } from '../python/cells.ts';
import { compare, faultsOf, type Side } from '../python/comparison.ts';
import { findSystemPython } from '../python/pythons.ts';
import { partName, SNIPPETS } from '../python/snippets.ts';
import { hasPython, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { openPlainScenario, type Free } from '../setup/free-page.ts';
import { runToTheEnd } from '../setup/playground-page.ts';

/**
 * What tests/python compares under Node, in the browser that readers have: whole programs on the free page, against the
 * system's CPython and a real server that sends the same bytes.
 */

test.skip(() => !hasPython(), WITHOUT_PYTHON);

/** An answer, the gateway's own, two cuts, a reset, and garbage. Under Node all cells run. */
const IN_A_BROWSER = {
  gateway: 'nginx',
  faults: ['ok-chunked', 'close-after-request', 'close-mid-body-cl', 'rst-mid-chunk', 'garbage-binary'],
} as const;

async function runInPage(page: Page, free: Free, { code, text }: Side): Promise<string> {
  await free.tab('Scenario').click();
  await free.yaml.fill(JSON.stringify(text));
  await expect(free.mistakes).toHaveText('');
  await free.tab('Python').click();
  await free.region.getByRole('textbox', { name: 'Code editor' }).fill(code);
  await runToTheEnd(free.region, { timeout: 60_000 });
  await free.region.getByRole('button', { name: 'Copy the console' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  return copied.replace(/^Warning: .*\n/gm, '');
}

test('prints in this browser what Python prints elsewhere', async ({ page, context }) => {
  const system = await findSystemPython();
  test.skip('missing' in system, 'missing' in system ? `Python is not compared: ${system.missing}` : '');
  if ('missing' in system) return;
  const { gateway, faults } = IN_A_BROWSER;
  const names = faults.flatMap((fault) => SNIPPETS.map(({ name }) => partName(fault, name)));
  expect(names.length).toBeGreaterThanOrEqual(60);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.route(/monaco-editor\./, (route) => route.abort());
  const free = await openPlainScenario(page);
  const { elsewhere, inPage } = await compare(faultsOf(gateway, faults), SNIPPETS, system, (side) =>
    runInPage(page, free, side),
  );
  for (const name of names) {
    expect(elsewhere.get(name), `${name}, ${system.version}`).toBeTruthy();
    if (!DIFFERENCES[`${gateway}, ${name}`]) expect(inPage.get(name), name).toBe(elsewhere.get(name));
  }
});
