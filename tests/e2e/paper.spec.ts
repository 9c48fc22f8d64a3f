import { expect, test, type Locator } from '@playwright/test';
import { GUIDE, partsOf, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';

/** Playgrounds on paper, in a reader's own colors, and at twice the size. */

/** What of an element is cut off by a box that scrolls or hides, one line a box. */
const cutOff = (region: Locator): Promise<string[]> =>
  region.evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>('*')]
      .filter((box) => box.checkVisibility() && !box.matches('.sr-only, .monaco-editor *, select'))
      .filter((box) => {
        const { overflowX, overflowY } = getComputedStyle(box);
        const wide = overflowX !== 'visible' && box.scrollWidth > box.clientWidth + 1;
        return wide || (overflowY !== 'visible' && box.scrollHeight > box.clientHeight + 1);
      })
      .map((box) => `${box.tagName} ${box.className}: ${box.textContent.slice(0, 40)}`),
  );

test('a printed guide shows code, result, rows and log lines whole, and nothing to press', async ({ page }) => {
  // As wide as the text of an A4 sheet.
  await page.setViewportSize({ width: 672, height: 1000 });
  await page.goto(GUIDE);
  await page.emulateMedia({ media: 'print' });
  const all = await playgroundsOf(page).all();
  expect(all.length).toBeGreaterThan(1);
  for (const region of all) {
    expect(await cutOff(region)).toEqual([]);
    await expect(
      region
        .getByRole('button')
        .filter({ hasText: /^(?:Run|Share|Copy|Find)/ })
        .filter({ visible: true }),
    ).toHaveCount(0);
    const { width } = (await region.boundingBox()) ?? { width: 0 };
    const sticksOut = await region.evaluate(
      (root) =>
        [...root.querySelectorAll('*')].filter(
          (part) =>
            part.checkVisibility() && part.getBoundingClientRect().right > root.getBoundingClientRect().right + 1,
        ).length,
    );
    expect(sticksOut, `sticks out of ${width} px`).toBe(0);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('prints the code that the reader wrote, and all that its run left', async ({ page }) => {
  await page.route(/monaco-editor/, (route) => route.abort());
  await page.setViewportSize({ width: 672, height: 1000 });
  await page.goto(GUIDE);
  const { region, editor, rows, console: printed } = partsOf(playgroundsOf(page).first());
  await editor.fill(
    "for (let n = 1; n <= 30; n++) {\n  await fetch('https://api.example.com/orders/42?n=' + n);\n  console.log('line', n);\n}\n" +
      '// a long story\n'.repeat(40),
  );
  await runToTheEnd(region);
  await page.emulateMedia({ media: 'print' });
  expect(await cutOff(region)).toEqual([]);
  await expect(editor).toBeVisible();
  await expect(rows.nth(30)).toBeVisible();
  await expect(printed).toContainText('line 30');
});

test('in the reader’s own colors, the chosen row, the shown tab and the marks of outcomes are told by lines', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(GUIDE);
  const { region, rows } = partsOf(playgroundsOf(page).first());
  await runToTheEnd(region);
  await rows.nth(2).click();
  const outline = (locator: Locator) => locator.evaluate((element) => getComputedStyle(element).outlineStyle);
  await expect.poll(() => outline(rows.nth(2))).toBe('solid');
  expect(await outline(rows.nth(3))).not.toBe('solid');
  await rows.nth(2).getByRole('button').press('ArrowDown');
  const focused = rows.nth(3).getByRole('button');
  await expect(focused).toBeFocused();
  expect(await outline(focused)).not.toBe('none');

  const look = (name: string) =>
    region.getByRole('tab', { name }).evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await look('Sequence')).not.toBe(await look('Headers'));
  const [mark, paper] = await rows
    .nth(1)
    .locator('.outcome')
    .evaluate((element) => [
      getComputedStyle(element, '::before').backgroundColor,
      getComputedStyle(document.body).backgroundColor,
    ]);
  expect(mark).not.toBe(paper);
  expect(mark).not.toBe('rgba(0, 0, 0, 0)');
});

for (const address of [GUIDE, '/playground/']) {
  test(`${address} at twice the size needs no scrolling sideways`, async ({ browser, baseURL }) => {
    const page = await browser.newPage({
      baseURL: baseURL ?? '',
      viewport: { width: 640, height: 400 },
      deviceScaleFactor: 2,
      reducedMotion: 'reduce',
    });
    await page.goto(address);
    const { region, button } = partsOf(playgroundsOf(page).first());
    await runToTheEnd(region);
    await button('More').click();
    await expect(region.getByRole('switch', { name: 'Show in DevTools' })).toBeInViewport();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.close();
  });
}
