import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds wrong, one line a place: the rule, where, and what to do.
 * @param within a selector; the whole page when left out
 */
export async function violations(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  // A part of a page has no frames to look into, which is what takes long.
  const { violations: found } = await (within === undefined ? axe : axe.include(within).setLegacyMode()).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
