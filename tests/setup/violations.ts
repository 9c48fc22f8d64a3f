import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The rules that a theme can break. All others look at the same page in each. */
const ABOUT_COLORS = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong, one line a place: the rule, where, and what to do.
 * @param within a selector; the whole page when left out
 * @param colorsOnly for a theme beside another one in which everything is looked at
 */
export async function violations(page: Page, within?: string, colorsOnly = false): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (colorsOnly) axe.withRules(ABOUT_COLORS);
  // A part of a page has no frames to look into, which is what takes long.
  const { violations: found } = await (within === undefined ? axe : axe.include(within).setLegacyMode()).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
