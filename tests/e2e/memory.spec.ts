import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { countMonaco, editorOf, openBooks, openMonaco } from '../setup/editor-page.ts';
import { GUIDE, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';

/** A reader who runs a program all day keeps a page as small as it was after the first runs. */

/** Runs after which everything that a page loads once is there, and runs after which the page is looked at again. */
const FEW = 20;
const MANY = 200;

/**
 * Bytes by which the page's heap may differ between the two looks: 6 kB a run. Measured are 2 kB a run, nearly all of
 * it what the driver of this test leaves behind. A run whose result were kept would take 11 kB.
 */
const HEAP_TOLERANCE = 1_000_000;

interface Counted extends Window {
  endedRuns: number;
}

/** Counts in the page how often a run of the first playground has come to its end. */
const countEnds = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const counted = globalThis as unknown as Counted;
    counted.endedRuns = 0;
    const section = document.querySelector<HTMLElement>('.play[data-state]');
    if (!section) throw new Error('The page has no playground.');
    new MutationObserver(() => {
      if (section.dataset['state'] === 'done') counted.endedRuns++;
    }).observe(section, { attributeFilter: ['data-state'] });
  });

interface Sessions {
  readonly browser: CDPSession;
  readonly page: CDPSession;
  /** The sandbox frame has a process of its own. */
  readonly frame: CDPSession;
}

/** What a document and its children hold, once everything that nobody needs is gone. */
async function holdings(session: CDPSession) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return {
    counts: {
      documents: valueOf('Documents'),
      nodes: valueOf('Nodes'),
      listeners: valueOf('JSEventListeners'),
      buffers: valueOf('ArrayBufferContents'),
      fetched: valueOf('Resources'),
    },
    heap: valueOf('JSHeapUsedSize'),
  };
}

async function workersOf(browser: CDPSession): Promise<number> {
  const { targetInfos } = await browser.send('Target.getTargets');
  return targetInfos.filter(({ type }) => type.endsWith('worker')).length;
}

async function look(page: Page, sessions: Sessions) {
  // The worker of the run that has just ended goes a moment later; the warm spare stays.
  await expect.poll(() => workersOf(sessions.browser)).toBe(1);
  const outside = await holdings(sessions.page);
  const inside = await holdings(sessions.frame);
  const counts = { page: outside.counts, sandbox: inside.counts, monaco: await countMonaco(page) };
  return {
    counts: { ...counts, targets: { frames: page.frames().length } },
    heap: outside.heap + inside.heap,
  };
}
type Look = Awaited<ReturnType<typeof look>>;

/** What there is more of in the second look, one line each. */
const growth = (before: Look['counts'], after: Look['counts']): string[] =>
  Object.entries(after).flatMap(([place, counts]) =>
    Object.entries(counts).flatMap(([what, count]) => {
      const first = Number(Object.entries(before[place as keyof Look['counts']]).find(([name]) => name === what)?.[1]);
      return count > first ? [`${place}: ${first} ${what} became ${count}`] : [];
    }),
  );

test(`${MANY} runs leave no worker, frame, model, listener, node or memory behind`, async ({ page, browser }) => {
  test.setTimeout(120_000);
  await openBooks(page);
  await page.goto(GUIDE);
  const editor = editorOf(page);
  await openMonaco(editor);
  await countEnds(page);
  const runs = async (from: number, to: number): Promise<void> => {
    for (let run = from; run <= to; run++) {
      await editor.run.click();
      await page.waitForFunction((count) => (globalThis as unknown as Counted).endedRuns === count, run);
    }
  };
  await runs(1, FEW);
  const [, sandbox] = page.frames();
  if (!sandbox) throw new Error('The page has no sandbox frame.');
  const sessions = {
    browser: await browser.newBrowserCDPSession(),
    page: await page.context().newCDPSession(page),
    frame: await page.context().newCDPSession(sandbox),
  };
  await Promise.all([sessions.page.send('Performance.enable'), sessions.frame.send('Performance.enable')]);

  const before = await look(page, sessions);
  expect(before.counts.monaco).toEqual({ models: 1, editors: 1 });
  expect(before.counts.targets.frames, 'the page and its sandbox').toBe(2);
  await runs(FEW + 1, MANY);
  const after = await look(page, sessions);
  expect(growth(before.counts, after.counts)).toEqual([]);
  expect(after.heap - before.heap, 'bytes of heap').toBeLessThan(HEAP_TOLERANCE);
});

test('playgrounds of different gateways share one frame and one spare worker', async ({ page, browser }) => {
  await page.goto(GUIDE);
  const session = await browser.newBrowserCDPSession();
  for (let round = 0; round < 2; round++) {
    for (const playground of await playgroundsOf(page).all()) await runToTheEnd(playground);
  }
  await expect.poll(() => workersOf(session)).toBe(1);
  expect(page.frames()).toHaveLength(2);
});
