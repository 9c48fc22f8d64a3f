import { measurePython, type PythonSample } from './python.ts';

/**
 * What a trial on 2026-11-21 measured of this way to run Python, as ratios to stock Pyodide in the same run, on a machine
 * with two busy cores. A row may be 1.3 times as bad.
 */
const TRIAL = {
  // (2.4 + 0.22 + 0.73 s) to (5.1 + 0.41 + 1.9 s); (1.3 + 0.14 + 0.38 s) to (3.3 + 0.31 + 1.6 s).
  imported: { cold: 3.35 / 7.41, warm: 1.82 / 5.21 },
  first: { cold: 73 / 144, warm: 57 / 109 },
  fifty: { cold: 0.57 / 1.7, warm: 0.36 / 1.2 },
  // 30 MiB of WebAssembly memory in both.
  heap: { cold: 1, warm: 1 },
} as const;

const SLACK = 1.3;

/** Bytes of Python's files, with which all of a first run stays below 6.3 MB. */
const MOST_BYTES = 6_200_000;
const MOST_BACK_OFF_MS = 2000;

const ROWS = [
  ['imported', 'boot and import requests', 'ms'],
  ['first', 'first request', 'ms'],
  ['fifty', '50 requests', 'ms'],
  ['heap', 'memory of the interpreter', 'MB'],
] as const satisfies readonly (readonly [keyof typeof TRIAL, string, 'ms' | 'MB'])[];

/**
 * Measures Python in the page beside stock Pyodide, and prints a row for each figure.
 * @param dist folder of the built site
 * @returns whether no row is worse than it may be
 */
export async function showPython(dist: string, rounds: number): Promise<boolean> {
  const measured = await measurePython(dist, rounds);
  if (measured === null) {
    console.log('\nPython was not measured: it takes Chromium, and packages that pip could fetch.');
    return true;
  }
  const { ours, stock, bytes, backOff } = measured;
  console.log(`\nPython in Chromium ${measured.version}: the best of ${rounds} rounds, both kinds in turn`);
  console.log('cold: the first page of a new browser. warm: its second page.');
  console.log(line('', 'here', 'stock', 'ratio', 'at most'));
  const tooMuch: string[] = [];
  const row = (what: string, here: string, there: string, ratio: number, most: number): void => {
    console.log(line(what, here, there, ratio.toFixed(2), most.toFixed(2)));
    // Also when one of the numbers is missing.
    if (!(ratio <= most)) tooMuch.push(what);
  };
  for (const [name, what, unit] of ROWS) {
    for (const state of ['cold', 'warm'] as const) {
      const [here, there] = [ours[state][name], stock[state][name]];
      row(`${what}, ${state}`, shown(here, unit), shown(there, unit), here / there, SLACK * TRIAL[name][state]);
    }
  }
  console.log(line('browser processes grow by', grown(ours.cold), grown(stock.cold), '', ''));
  row(
    'bytes, brotli',
    shown(bytes.ours, 'MB'),
    shown(bytes.stock, 'MB'),
    bytes.ours / bytes.stock,
    MOST_BYTES / bytes.stock,
  );
  const { waited, took } = backOff;
  console.log(
    `A back-off of ${waited.toFixed(0)} s took ${took.toFixed(0)} ms; at most ${MOST_BACK_OFF_MS} are allowed.`,
  );
  if (!(took <= MOST_BACK_OFF_MS && Math.round(waited) === 620)) tooMuch.push('the back-off');
  if (tooMuch.length > 0) console.log(`Worse than it may be: ${tooMuch.join('; ')}.`);
  return tooMuch.length === 0;
}

const line = (what: string, ...cells: readonly string[]): string =>
  what.padEnd(34) + cells.map((cell) => cell.padStart(12)).join('');

const shown = (value: number, unit: 'ms' | 'MB'): string =>
  unit === 'ms' ? `${value.toFixed(0)} ms` : `${(value / 1e6).toFixed(1)} MB`;

const grown = ({ resident }: PythonSample): string => (resident === null ? 'unknown' : shown(resident, 'MB'));
