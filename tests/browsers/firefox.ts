import puppeteer, { type ElementHandle, type KeyInput } from 'puppeteer-core';
import { findFirefox } from './find-browsers.ts';
import { BrowserMissing, type TestBrowser } from './page.ts';

/** Puppeteer takes any function. */
type Anything = (...args: unknown[]) => unknown;

/** Starts Firefox without a window, driven over WebDriver BiDi. Throws {@link BrowserMissing} when there is none. */
export async function startFirefox(width: number, height: number): Promise<TestBrowser> {
  const executablePath = findFirefox();
  if (executablePath === undefined)
    throw new BrowserMissing('Firefox is missing: apt-get install firefox-esr, or name yours in FIREFOX_PATH.');
  const browser = await puppeteer
    .launch({ browser: 'firefox', executablePath, headless: true })
    .catch((error: unknown): never => {
      throw new BrowserMissing(`${executablePath} does not start here. ${String(error)}`, { cause: error });
    });
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  return {
    name: (await browser.version()).replace('/', ' '),
    page: {
      goto: async (url) => {
        // A page that differs in its hash only would not be loaded again.
        await page.goto('about:blank');
        await page.goto(url);
      },
      reload: async () => {
        await page.reload();
      },
      evaluate: async (run, ...args) => (await page.evaluate(run as unknown as Anything, ...args)) as never,
      click: async (find, ...args) => {
        const element = (await page.evaluateHandle(find as unknown as Anything, ...args)).asElement();
        if (!element) throw new Error(`There is nothing to click: ${find.toString()}`);
        await (element as ElementHandle).click();
      },
      press: async (key) => {
        const keys = key.split('+') as KeyInput[];
        const last = keys.pop();
        for (const held of keys) await page.keyboard.down(held);
        if (last) await page.keyboard.press(last);
        for (const held of keys.reverse()) await page.keyboard.up(held);
      },
      type: (text) => page.keyboard.type(text),
      screenshot: () => page.screenshot({ type: 'png' }),
    },
    close: () => browser.close(),
  };
}
