import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** The browser without its windows: the same pages for a third less work. It has no profiles and no tab in front. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Where Debian, Ubuntu, Google and macOS put a Chromium that Playwright can drive. */
const CHROMIUM_PLACES = [
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
export const findChromium = (): string | undefined =>
  chosenChromium() ?? firstOf([chromium.executablePath(), HEADLESS_SHELL, ...CHROMIUM_PLACES]);

/** The same, for tests that need what only a browser with windows has. */
export const findDesktopChromium = (): string | undefined =>
  chosenChromium() ?? firstOf([chromium.executablePath(), ...CHROMIUM_PLACES]);

const firstOf = (places: readonly string[]): string | undefined => places.find((place) => existsSync(place));

function chosenChromium(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen === undefined || chosen === '') return undefined;
  if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist: correct or unset it.`);
  return chosen;
}
