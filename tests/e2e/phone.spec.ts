import { expect, test } from '@playwright/test';
import { samplePaths } from '../setup/built-site.ts';

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

for (const path of samplePaths()) {
  test(`${path} fits a phone of 360 px`, async ({ page }) => {
    await page.goto(path, { waitUntil: 'networkidle' });
    const { width, tooWide } = await page.evaluate(() => {
      const sticksOut = (element: Element) => element.getBoundingClientRect().right > screen.width + 1;
      // A box that scrolls inside itself may hold what is wider than the page.
      const scrollsItself = (element: Element) => {
        for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement) {
          if (getComputedStyle(box).overflowX !== 'visible') return true;
        }
        return false;
      };
      const wide = [...document.querySelectorAll('body *')].filter((item) => sticksOut(item) && !scrollsItself(item));
      const innermost = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
      return {
        width: document.documentElement.scrollWidth,
        tooWide: innermost.map(({ tagName, textContent }) => `${tagName} "${textContent.trim().slice(0, 60)}"`),
      };
    });
    expect(width, `too wide: ${tooWide.slice(0, 8).join(', ')}`).toBe(360);
  });
}
