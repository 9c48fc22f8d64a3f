import { existsSync, readdirSync } from 'node:fs';
import { findProgram } from '../../tools/recorder/find-program.ts';

const PLACES = ['/Applications/Firefox.app/Contents/MacOS/firefox'];

/** Path of a Firefox: `FIREFOX_PATH`, Debian's firefox-esr, or another; undefined when there is none. */
export function findFirefox(): string | undefined {
  const chosen = process.env['FIREFOX_PATH'];
  const known = [findProgram('firefox-esr'), findProgram('firefox'), ...PLACES].filter((place) => place !== null);
  return chosen !== undefined && chosen !== '' ? chosen : known.find((place) => existsSync(place));
}

/** What WebKitGTK brings with its driver: a browser of one window. Its folder is named after the machine. */
export function findMiniBrowser(): string | undefined {
  const libraries = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : [];
  return libraries
    .filter((folder) => folder.endsWith('-linux-gnu'))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.startsWith('webkit'))
        .map((name) => `${folder}/${name}/MiniBrowser`),
    )
    .toSorted()
    .findLast((file) => existsSync(file));
}

/** What is missing for WebKit, as a sentence; null when everything is there. */
export function missingForWebKit(): string | null {
  const missing = [
    findProgram('WebKitWebDriver') ? [] : ['webkit2gtk-driver'],
    findMiniBrowser() ? [] : ['webkit2gtk-driver (MiniBrowser)'],
    findProgram('Xvfb') ? [] : ['xvfb'],
  ].flat();
  return missing.length === 0 ? null : `WebKitGTK cannot be driven here: apt-get install ${missing.join(' ')}.`;
}
