import { expect, type Locator, type Page } from '@playwright/test';

/** More stops for Tab than any page has before its playground. */
const MOST_STOPS = 200;

/** The element that has the focus. */
const focused = (page: Page): Locator => page.locator(':focus').last();

/**
 * Expects of the element with the focus what a reader needs who has no pointer: a name, a place in the window that
 * nothing covers, and a mark that shows where the focus is.
 */
export async function expectStop(page: Page): Promise<void> {
  const stop = focused(page);
  const where = await stop.evaluate((element) => element.outerHTML.slice(0, 160));
  await expect(stop, where).toHaveAccessibleName(/\S/);
  await expect(stop, where).toBeInViewport();
  await expect.poll(() => stop.evaluate(faultsOf), `${where} shows that it has the focus`).toEqual([]);
}

/** Presses Tab until `target` has the focus, and looks at every stop on the way. @param back with Shift */
export async function tabTo(page: Page, target: Locator, back = false): Promise<void> {
  const passed: string[] = [];
  const has = (): Promise<boolean> => target.evaluateAll((found) => found.includes(document.activeElement as never));
  while (passed.length < MOST_STOPS) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    await expectStop(page);
    if (await has()) return;
    passed.push(await focused(page).evaluate((element) => element.outerHTML.slice(0, 60)));
  }
  throw new Error(`Tab does not reach ${target.toString()}. It came by ${passed.slice(-12).join(', ')}.`);
}

/** Runs in the page: what is wrong with how a focused element looks. */
function faultsOf(element: Element): string[] {
  const drawsRing = (box: Element | null | undefined, shadowCounts: boolean): boolean => {
    if (!box) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(box);
    const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    return outlined || (shadowCounts && boxShadow !== 'none');
  };
  // A hidden radio button has its ring on its label's text, the code editor has it around the code.
  const ring =
    drawsRing(element, true) ||
    drawsRing(element.nextElementSibling, true) ||
    drawsRing(element.closest('label'), true) ||
    drawsRing(element.closest('.play-source'), false);
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const there = document.elementFromPoint(x, y);
  const whole = element.closest('label, .play-source') ?? element;
  const seen = there !== null && (whole.contains(there) || there.contains(element));
  return [...(ring ? [] : ['no ring']), ...(seen ? [] : [`covered by ${there?.outerHTML.slice(0, 80) ?? 'nothing'}`])];
}
