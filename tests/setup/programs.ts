import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findProgram } from '../../tools/recorder/find-program.ts';

/** The programs that tests start and npm does not bring. */
export type Program = 'chromium' | 'nginx';

/** Where Debian, Ubuntu, Google and macOS put a Chromium that Playwright can drive. */
const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Path of the browser that the page tests drive: `CHROMIUM_PATH` when it is set, else Playwright's own download,
 * else the system's. Undefined when there is none. A `CHROMIUM_PATH` that leads nowhere is an error.
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

/** Path of the nginx that the conformance tests start; undefined when there is none. */
export const findNginx = (): string | undefined => findProgram('nginx') ?? undefined;

/** The programs that this machine lacks, in a fixed order. */
export function missingPrograms(): Program[] {
  const found: Record<Program, string | undefined> = { chromium: findChromium(), nginx: findNginx() };
  return (['chromium', 'nginx'] as const).filter((program) => found[program] === undefined);
}
