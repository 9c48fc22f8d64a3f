import { expect, test, type Page } from '@playwright/test';
import { recordLayoutShifts, proveThatShiftsAreRecorded } from '../setup/layout-shifts.ts';
import { GUIDE, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';
import { bytesOf, followTraffic, listFiles, type Fetched } from '../setup/traffic.ts';

/** Bytes are brotli-compressed, and the same on every machine. */
const BUDGET = { reading: 48_000, firstRun: 40_000, firstEdit: 1_000_000, types: 1_050_000 };

/** Texts that survive minification and tell whose code a file is. */
const MARKS = {
  Monaco: /vs\.editor\.ICodeEditor/,
  MSW: /\[MSW\]|mswjs|\[custom predicate\]/,
  types: /getSemanticDiagnostics/,
  recordings: /prematurely closed connection/,
};

const scripts = (files: readonly Fetched[]) => files.filter(({ path }) => /\.(?:m?js|json)$/.test(path));
const holding = (files: readonly Fetched[], mark: RegExp) =>
  scripts(files)
    .filter(({ text }) => mark.test(text))
    .map(({ path }) => path);

/** Scrolls to the end as a reader does, one screen at a time, and touches nothing. */
async function readToTheEnd(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await frame();
      await frame();
    }
  });
}

test.describe('what the guide costs', () => {
  test('reading fetches little, from this host only, and no machinery', async ({ page }) => {
    const noise = listenForNoise(page);
    const traffic = followTraffic(page);
    await page.goto(GUIDE);
    await traffic.settled();
    await readToTheEnd(page);
    await traffic.settled();

    const code = traffic.fetched().filter(({ kind }) => kind === 'code');
    expect(bytesOf(code), listFiles(code)).toBeLessThanOrEqual(BUDGET.reading);
    expect(bytesOf(code), 'the page itself was measured').toBeGreaterThan(1000);
    expect(noise.foreignRequests).toEqual([]);
    for (const [name, mark] of Object.entries(MARKS)) {
      expect(holding(traffic.fetched(), mark), `${name} before any interaction`).toEqual([]);
    }
  });

  test('the first Run fetches the simulator, and little else', async ({ page }) => {
    const traffic = followTraffic(page);
    await page.goto(GUIDE);
    await traffic.settled();
    const before = traffic.fetched();
    await runToTheEnd(playgroundsOf(page).first());
    await traffic.settled();

    const more = traffic.fetched().filter((file) => !before.includes(file));
    expect(bytesOf(more), listFiles(more)).toBeLessThanOrEqual(BUDGET.firstRun);
    expect(holding(more, MARKS.MSW), 'the mark of MSW is a good one').not.toEqual([]);
    expect(holding(more, MARKS.recordings), 'the mark of the recordings is a good one').not.toEqual([]);
    expect(holding(more, MARKS.Monaco), 'Run does not need the editor').toEqual([]);
  });

  test('the first edit fetches the editor, and then what knows the types', async ({ page }) => {
    test.slow();
    const traffic = followTraffic(page);
    await page.goto(GUIDE);
    await traffic.settled();
    const before = traffic.fetched();
    const playground = playgroundsOf(page).first();
    await playground.getByRole('textbox', { name: 'Code editor' }).focus();
    await expect(playground.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
    await traffic.settled();
    const editor = traffic.fetched().filter((file) => !before.includes(file));
    expect(holding(editor, MARKS.Monaco), 'the mark of Monaco is a good one').not.toEqual([]);
    expect(holding(editor, MARKS.types), 'type services wait for an edit').toEqual([]);

    await page.keyboard.type('// ');
    await expect(playground.getByText('Completions and checks are on.')).toBeVisible({ timeout: 60_000 });
    await traffic.settled();
    const more = traffic.fetched().filter((file) => !before.includes(file) && !editor.includes(file));
    const types = scripts(more).filter(({ text }) => MARKS.types.test(text));
    expect(types.length, 'the mark of the type services is a good one').toBeGreaterThan(0);
    const rest = more.filter((file) => !types.includes(file));
    const edit = [...editor, ...rest];
    expect(bytesOf(edit), listFiles(edit)).toBeLessThanOrEqual(BUDGET.firstEdit);
    expect(bytesOf(types), listFiles(types)).toBeLessThanOrEqual(BUDGET.types);
  });
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
]) {
  test(`nothing moves while the guide loads and runs at ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const shifts = await recordLayoutShifts(page);
    await page.goto(GUIDE, { waitUntil: 'networkidle' });
    expect(await shifts(), 'on load').toEqual([]);

    const playground = playgroundsOf(page).first();
    await playground.getByRole('button', { name: 'Run', exact: true }).scrollIntoViewIfNeeded();
    await runToTheEnd(playground);
    expect(await shifts(), 'while running').toEqual([]);
    await proveThatShiftsAreRecorded(page, shifts);
  });
}
