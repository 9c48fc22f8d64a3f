import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from '@playwright/test';
import type axe from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** Brings axe into a frame that does not have it yet. Frames of other origins answer the page's own as well. */
async function bringAxe(frame: Frame): Promise<void> {
  if (await frame.evaluate(() => window.axe !== undefined)) return;
  await frame.evaluate(AXE);
  await frame.evaluate(() => window.axe?.configure({ allowedOrigins: ['<unsafe_all_origins>'] }));
}

/**
 * What axe finds wrong, one line a place: the rule, where, and what to do. axe itself is asked, and for violations only:
 * the package that joins it to Playwright also carries everything that passed across, which takes several times as long.
 * @param within a selector; the whole page with its frames when left out
 */
export async function violations(page: Page, within?: string): Promise<string[]> {
  // A part of a page has no frames to look into.
  await Promise.all((within === undefined ? page.frames() : [page.mainFrame()]).map(bringAxe));
  return page.evaluate(async (place) => {
    if (!window.axe) throw new Error('axe is not in the page.');
    if (place !== undefined && !document.querySelector(place)) throw new Error(`Nothing matches ${place}.`);
    const { violations: found } = await window.axe.run(place ?? document, {
      resultTypes: ['violations'],
      iframes: place === undefined,
    });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
      ),
    );
  }, within);
}
