import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaywrightReport, readVitestReport, summary, type TestReport } from './test-reports.ts';

/**
 * `npm test`: everything that must pass. A step that fails does not stop the steps that can do without it. The gateways of
 * the conformance tests mostly wait for their timers, so what only computes or looks runs meanwhile; nothing runs beside the pages in use.
 * The last line sums the tests of Vitest and Playwright, e.g. `412 passed, 0 failed, 1 skipped`; a step that fails
 * outside any test (a check, the build) counts as one failure, so that the line never hides one.
 */

interface Step {
  readonly title: string;
  readonly command: string;
  /** A report that the command writes, and how to read it. */
  readonly report?: { readonly file: string; readonly read: (report: unknown) => TestReport };
  /** Nothing after this step makes sense when it failed. */
  readonly required?: boolean;
}

const REPORTS = 'test-results';

const vitest = (title: string, name: string, options = ''): Step => {
  const file = join(REPORTS, `${name}.json`);
  return {
    title,
    command: `vitest run ${options} --reporter=default --reporter=json --outputFile.json=${file}`,
    report: { file, read: readVitestReport },
  };
};

/** The tests in Chromium of one kind; see playwright.config.ts. */
const pages = (title: string, project: string, port: number, options = ''): Step => {
  const file = join(REPORTS, `pages-${project}.json`);
  return {
    title,
    command: `SITE_PORT=${port} PAGES_REPORT=${file} playwright test --project=${project} ${options}`,
    report: { file, read: readPlaywrightReport },
  };
};

/** Steps one after the other, in lanes beside each other. The first lane shows what it prints as it comes, the others at their end. */
type Stage = readonly (readonly Step[])[];

const STAGES: readonly Stage[] = [
  [[{ title: 'Programs that the tests start', command: 'node tests/setup/install-programs.ts', required: true }]],
  [
    [
      { title: 'Checks', command: 'node tools/check.ts' },
      vitest('Unit and content tests', 'unit'),
      { title: 'Build', command: 'npm run --silent build', required: true },
      vitest('The main path in Firefox and WebKit', 'browsers', '--config vitest.browsers.config.ts'),
      pages('Pages in Chromium, as they stand', 'still', 4392),
    ],
    [
      vitest(
        'Conformance: the simulator against the real gateway',
        'conformance',
        '--config vitest.conformance.config.ts',
      ),
    ],
  ],
  [[pages('Pages in Chromium, in use', 'lively', 4391)]],
];

/** Runs the command and gives what it prints to `show`; true when it ended well. */
function succeeds(command: string, show: (text: Buffer) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', show);
    child.stderr.on('data', show);
    child.on('close', (code) => resolve(code === 0));
  });
}

const NO_TESTS: TestReport = { counts: { passed: 0, failed: 0, skipped: 0 }, failures: [], flaky: [] };

async function runTests({ title, command, report }: Step, show: (text: Buffer) => void): Promise<TestReport> {
  /** A failure that is no test's counts as one. */
  const withFailure = ({ counts, failures, flaky }: TestReport, message: string): TestReport => ({
    counts: { ...counts, failed: counts.failed + 1 },
    failures: [...failures, { test: title, message }],
    flaky,
  });
  if (report) rmSync(report.file, { force: true });
  const passed = await succeeds(command, show);
  let read = NO_TESTS;
  try {
    if (report) read = report.read(JSON.parse(readFileSync(report.file, 'utf8')));
  } catch {
    return withFailure(NO_TESTS, `${command} left no report in ${report?.file}.`);
  }
  return passed || read.counts.failed > 0 ? read : withFailure(read, 'Failed outside any test; it says above why.');
}

mkdirSync(REPORTS, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const reports: TestReport[] = [];
const failedSteps: string[] = [];
/** What each step took, for who wants to make the whole quicker. */
const durations: string[] = [];
/** `hopeless`: a step failed without which nothing after it makes sense. */
const run = { hopeless: false };

async function runStep(step: Step, show: (text: Buffer) => void): Promise<void> {
  const say = (line: string): void => show(Buffer.from(`${line}\n`));
  const started = performance.now();
  say(`\n━━ ${step.title} (${step.command})`);
  const report = await runTests(step, show);
  const { counts } = report;
  const seconds = Math.round((performance.now() - started) / 1000);
  reports.push(report);
  durations.push(`${step.title} ${seconds} s`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  say(`━━ ${counts.failed === 0 ? 'passed' : 'FAILED'} after ${seconds} s`);
  if (counts.failed === 0) return;
  failedSteps.push(step.title);
  run.hopeless ||= step.required === true;
}

const print = (text: Buffer): void => void process.stdout.write(text);

async function runLane(lane: readonly Step[], shown: boolean): Promise<readonly Buffer[]> {
  const kept: Buffer[] = [];
  for (const step of lane) if (!run.hopeless) await runStep(step, shown ? print : (text) => kept.push(text));
  return kept;
}

for (const stage of STAGES) {
  if (run.hopeless) break;
  const beside = stage.length > 1 ? stage.slice(1).flatMap((lane) => lane.map(({ title }) => title)) : [];
  if (beside.length > 0) console.log(`\n(Meanwhile: ${beside.join('; ')}.)`);
  const printed = await Promise.all(stage.map((lane, index) => runLane(lane, index === 0)));
  for (const text of printed.flat()) print(text);
}

console.log(`\n${durations.join(', ')}.`);
const words = summary({
  failures: reports.flatMap(({ failures }) => failures),
  flaky: reports.flatMap(({ flaky }) => flaky),
});
if (words !== '') console.log(`\n${words}`);
if (failedSteps.length > 0) {
  console.log(`\nFailed: ${failedSteps.join('; ')}.`);
  process.exitCode = 1;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
