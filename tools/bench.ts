import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { crowd, inOrder, load, loadScenarios } from './bench/simulator.ts';
import { firstOutput } from './bench/first-output.ts';
import { showPython } from './bench/python-rows.ts';
import { throughMsw } from './bench/through-msw.ts';
import { measureSummary } from './bench/log-summary.ts';
import { measuredBuilds } from './bench/builds.ts';
import type { Measured } from './bench/measured.ts';

/**
 * `npm run bench`: how many exchanges a second the simulator makes on one core, alone and through MSW, and how that
 * grows with their number and with the clients that ask at the same time. Seconds differ from machine to machine and from
 * minute to minute; the ratios within one run are what to compare. Then how fast a large log is summed up, beside
 * `grep -c`, and how long the build takes for more pages. `--quick` leaves out the longest rows; `--builds` and
 * `--summary` leave out all but those.
 */

/** What Run to the first output may take at most, in round trips of an empty worker. */
const MOST_ROUND_TRIPS = 5;

/** What the pure simulator has to reach, exchanges a second on one core. */
const GOAL = 200_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What a page may cost in a site of twice the content, in what one costs in a site of the content once: linear time, and noise. */
const MOST_GROWTH = 1.05;

/** What `doctor --summary` has to reach, in the speed of `grep -c`, and the memory it may take, in bytes. */
const SLOWEST_SUMMARY = 0.25;
const MOST_SUMMARY_MEMORY = 300e6;

const quick = process.argv.includes('--quick');
if (process.argv.includes('--summary')) {
  await showSummary();
  process.exit();
}
if (process.argv.includes('--builds')) {
  await showBuilds();
  process.exit();
}

const decades = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));

interface Row extends Measured {
  readonly what: string;
  readonly size: number;
}

function show(title: string, sizeName: string, rows: readonly Row[]): void {
  const first = rows[0];
  if (!first) return;
  console.log(`\n${title}`);
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(44) : cell.padStart(14))).join('');
  console.log(line(['', sizeName, 'per second', 'to the first', 'heap kept']));
  const firsts = new Map<string, number>();
  for (const { what, size, perSecond, keptMB } of rows) {
    const base = firsts.get(what) ?? perSecond;
    firsts.set(what, base);
    const ratio = `${(perSecond / base).toFixed(2)} ×`;
    console.log(line([what, count(size), count(Math.round(perSecond)), ratio, `${keptMB.toFixed(1)} MB`]));
  }
}

/** `1000000` as `1 000 000`. */
function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}

const alone: Row[] = [];
for (const [what, scenario] of Object.entries(loadScenarios())) {
  inOrder(scenario, 100_000, collectGarbage);
  for (const size of decades(3, quick ? 5 : 6)) alone.push({ what, size, ...inOrder(scenario, size, collectGarbage) });
}
show('The simulator alone: createGateway().answer(), one request after the other', 'exchanges', alone);

const clients: Row[] = [];
for (const [what, scenario] of Object.entries(loadScenarios())) {
  for (const size of decades(0, 4)) {
    clients.push({ what, size, ...crowd(scenario, size, quick ? 50_000 : 200_000, collectGarbage) });
  }
}
show('Clients that ask, wait for their answer, and ask again', 'clients', clients);

const loads: Row[] = [];
for (const size of decades(0, 4)) {
  loads.push({ what: 'runLoad() on one server', size, ...load(size, quick ? 100_000 : 1_000_000, collectGarbage) });
}
show('A load on a system of servers', 'clients', loads);

const msw: Row[] = [];
for (const size of decades(2, quick ? 3 : 4)) {
  msw.push({ what: 'through MSW: getResponse() and text()', size, ...(await throughMsw(size, collectGarbage)) });
}
show('Through MSW, as a playground asks', 'exchanges', msw);

const best = Math.max(...alone.filter(({ size }) => size >= 100_000).map(({ perSecond }) => perSecond));
console.log(`\nThe quickest long row made ${count(Math.round(best))} exchanges a second; the goal is ${count(GOAL)}.`);

const dist = process.env['SITE_DIST'] ?? 'dist';
const browser = await firstOutput(dist, quick ? 15 : 61);
if (browser === null) {
  console.log('\nChromium is missing, so Run to the first output was not measured: npm run setup:tests installs one.');
} else {
  const { version, rounds, emptyMs, outputMs } = browser;
  const ratio = outputMs / emptyMs;
  const rows: readonly (readonly [string, number, string])[] = [
    ['an empty worker, there and back', emptyMs, 'new Worker() of one line, until it has answered a message'],
    ['Run to the first output', outputMs, "a click on Run, until the console's first line is in the page"],
  ];
  console.log(`\nIn Chromium ${version}, on one page: medians of ${rounds} rounds, both kinds in turn`);
  for (const [what, ms, exactly] of rows) {
    console.log(`${what.padEnd(34)}${ms.toFixed(1).padStart(7)} ms   ${exactly}`);
  }
  console.log(
    'Each round has a new empty worker from a blob. The worker of the run waits already, as it does for a reader;',
  );
  console.log("before the first line, the guide's program sends a request and gets the simulated answer.");
  console.log(
    `Run to the first output takes ${ratio.toFixed(1)} round trips; at most ${MOST_ROUND_TRIPS} are allowed.`,
  );
  if (ratio > MOST_ROUND_TRIPS) process.exitCode = 1;
}

if (!(await showPython(dist, quick ? 3 : 7))) process.exitCode = 1;
await showSummary();
if (!quick) await showBuilds();

async function showSummary(): Promise<void> {
  const measured = await measureSummary(quick ? 100e6 : 1e9, quick ? 2 : 3);
  if (measured === null) {
    console.log('\nThe summary of a log was not measured: there is no grep here to compare it with.');
    return;
  }
  const { bytes, lines, grepMs, summaryMs, memory } = measured;
  const speed = grepMs / summaryMs;
  const rate = (ms: number): string =>
    `${ms.toFixed(0).padStart(7)} ms ${(bytes / 1e3 / ms).toFixed(0).padStart(6)} MB/s`;
  console.log(`\nnginx's error log, ${(bytes / 1e6).toFixed(0)} MB of ${count(lines)} recorded lines, counted`);
  console.log(`grep -c, with every message      ${rate(grepMs)}`);
  console.log(
    `doctor --summary, start included ${rate(summaryMs)}   at most ${(memory / 1e6).toFixed(0)} MB of memory`,
  );
  console.log(
    `The summary has ${speed.toFixed(2)} × the speed of grep; at least ${SLOWEST_SUMMARY}, and at most ${MOST_SUMMARY_MEMORY / 1e6} MB, are asked.`,
  );
  if (speed < SLOWEST_SUMMARY || memory > MOST_SUMMARY_MEMORY) process.exitCode = 1;
}

async function showBuilds(): Promise<void> {
  console.log('\nThe build of the site with its content once, twice and four times');
  const [one, two, four] = await measuredBuilds([1, 2, 4], (line) => console.error(`  ${line}`));
  if (!one || !two || !four) return;
  const marginOf = (less: typeof one, more: typeof one): number =>
    (more.cpuSeconds - less.cpuSeconds) / (more.pages - less.pages);
  for (const { times, pages, cpuSeconds } of [one, two, four]) {
    console.log(
      `${`${times} ×`.padEnd(6)}${String(pages).padStart(6)} pages${cpuSeconds.toFixed(1).padStart(9)} s of the processor`,
    );
  }
  const perPage = [one, two, four].map(({ pages, cpuSeconds }) => cpuSeconds / pages);
  const rates = perPage.map((seconds) => (1 / seconds).toFixed(2));
  console.log(`${rates.join(', then ')} pages a second of the processor.`);
  const [first, second] = [marginOf(one, two), marginOf(two, four)];
  // The averages hide it, because every build does some things once. Copies are guides, and each sidebar lists them all.
  console.log(`A page more costs ${first.toFixed(2)} s, then ${second.toFixed(2)} s.`);
  const growth = Math.max(...perPage.slice(1).map((seconds, index) => seconds / (perPage[index] ?? seconds)));
  console.log(
    `A page of twice the content costs at most ${growth.toFixed(2)} times as much; ${MOST_GROWTH} are allowed, for linear time.`,
  );
  if (growth > MOST_GROWTH) process.exitCode = 1;
}
