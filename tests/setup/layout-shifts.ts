import { expect, type Page } from '@playwright/test';

/**
 * Records every layout shift of `page` from its first moment on, those within half a second of a click or key included:
 * pressing Run must move nothing. Call it before `goto`; the returned function reads what was recorded,
 * e.g. `0.01230 DIV.console from 8,400 300×80 to 8,420 300×80`.
 */
export async function recordLayoutShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Reflect.set(globalThis, 'recordedLayoutShifts', shifts);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & LayoutShift)[]) {
        const moved = entry.sources.map(({ node, previousRect: from, currentRect: to }) => {
          const name =
            node instanceof Element ? `${node.tagName}.${node.className}` : (node?.nodeName ?? 'something removed');
          return `${name} from ${from.x},${from.y} ${from.width}×${from.height} to ${to.x},${to.y} ${to.width}×${to.height}`;
        });
        shifts.push(`${entry.value.toFixed(5)} ${moved.join(', ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    page.evaluate(async () => {
      // Two frames: what was drawn last has been reported by then.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return Reflect.get(globalThis, 'recordedLayoutShifts') as string[];
    });
}

/** Moves the page on purpose and expects to see it recorded: proof that an empty record means a still page. */
export async function proveThatShiftsAreRecorded(page: Page, shifts: () => Promise<string[]>): Promise<void> {
  await page.evaluate(async () => {
    // What moves outside of the window counts for nothing.
    scrollTo({ top: 0, behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    // Else the browser scrolls by as much as the page grows, and nothing moves on the screen.
    document.documentElement.style.overflowAnchor = 'none';
    const block = document.createElement('div');
    block.style.height = '200px';
    document.body.prepend(block);
  });
  await expect.poll(async () => (await shifts()).length).toBeGreaterThan(0);
}

/** The part of the Layout Instability API that TypeScript's DOM library leaves out. */
interface LayoutShift {
  readonly value: number;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}
