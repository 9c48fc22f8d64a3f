import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where Debian, Ubuntu, Google and macOS put a Chromium that Playwright can drive. */
const CHROMIUM_PLACES = [
  // The browser without its windows, as Playwright's own download has it: the same pages for a third less work.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Path of the browser that the page tests and the benchmark drive: `CHROMIUM_PATH` when it is set, else Playwright's own
 * download, else the system's. Undefined when there is none. A `CHROMIUM_PATH` that leads nowhere is an error.
 */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen))
      throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist: correct or unset it.`);
    return chosen;
  }
  return [chromium.executablePath(), ...CHROMIUM_PLACES].find((place) => existsSync(place));
}
