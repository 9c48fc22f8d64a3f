import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm test`: everything that must pass, in order. A step that fails does not stop the steps that can do without it.
 * The last line sums the tests of Vitest and Playwright, e.g. `412 passed, 0 failed, 1 skipped`; a step that fails
 * outside any test (a check, the build) counts as one failure, so that the line never hides one.
 */

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  readonly title: string;
  readonly command: string;
  /** A report that the command writes, and how to count the tests in it. */
  readonly report?: { readonly file: string; readonly count: (report: unknown) => Counts };
  /** Nothing after this step makes sense when it failed. */
  readonly required?: boolean;
}

const REPORTS = 'test-results';

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = record(report);
  return {
    passed: number(numPassedTests),
    failed: number(numFailedTests),
    skipped: number(numPendingTests) + number(numTodoTests),
  };
}

function countPlaywright(report: unknown): Counts {
  const { expected, unexpected, flaky, skipped } = record(record(report)['stats']);
  return { passed: number(expected), failed: number(unexpected) + number(flaky), skipped: number(skipped) };
}

const vitest = (title: string, name: string, options = ''): Step => {
  const file = join(REPORTS, `${name}.json`);
  return {
    title,
    command: `vitest run ${options} --reporter=default --reporter=json --outputFile.json=${file}`,
    report: { file, count: countVitest },
  };
};

const STEPS: readonly Step[] = [
  { title: 'Programs that the tests start', command: 'node tests/setup/install-programs.ts', required: true },
  { title: 'Checks', command: 'node tools/check.ts' },
  vitest('Unit and content tests', 'unit'),
  vitest('Conformance: the simulator against the real gateway', 'conformance', '--config vitest.conformance.config.ts'),
  { title: 'Build', command: 'npm run --silent build', required: true },
  {
    title: 'Pages in Chromium',
    command: 'playwright test',
    report: { file: join(REPORTS, 'pages.json'), count: countPlaywright },
  },
  vitest('The main path in Firefox and WebKit', 'browsers', '--config vitest.browsers.config.ts'),
];

/** Runs the command with its output shown; true when it ended well. */
function succeeds(command: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('close', (code) => resolve(code === 0));
  });
}

async function runStep({ command, report }: Step): Promise<Counts> {
  if (report) rmSync(report.file, { force: true });
  const passed = await succeeds(command);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (report) {
    try {
      Object.assign(counts, report.count(JSON.parse(readFileSync(report.file, 'utf8'))));
    } catch {
      console.log(`${command} left no report in ${report.file}.`);
      counts.failed = 1;
    }
  }
  if (!passed && counts.failed === 0) counts.failed = 1;
  return counts;
}

mkdirSync(REPORTS, { recursive: true });
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];
for (const step of STEPS) {
  const started = performance.now();
  console.log(`\n━━ ${step.title} (${step.command})`);
  const counts = await runStep(step);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  console.log(
    `━━ ${counts.failed === 0 ? 'passed' : 'FAILED'} after ${Math.round((performance.now() - started) / 1000)} s`,
  );
  if (counts.failed === 0) continue;
  failedSteps.push(step.title);
  if (step.required === true) break;
}

if (failedSteps.length > 0) {
  console.log(`\nFailed: ${failedSteps.join('; ')}.`);
  process.exitCode = 1;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
