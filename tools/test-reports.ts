/** What the reports of Vitest and Playwright say about their tests. */

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A test that failed. */
export interface Failure {
  /** Its file and its full name, e.g. `src/wire/wire.test.ts › a response › ends`. */
  readonly test: string;
  /** Why, without colors; with the place in the file where the report knows it. */
  readonly message: string;
}

export interface TestReport {
  readonly counts: Counts;
  readonly failures: readonly Failure[];
  /** Tests that passed on a further try only. */
  readonly flaky: readonly string[];
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** Escape sequences that color text in a terminal. */
const COLORS = /\u001B\[[\d;]*m/g;
const plain = (words: string): string => words.replace(COLORS, '').trim();

/** @param report what `vitest --reporter=json` wrote, in the folder `root` */
export function readVitestReport(report: unknown, root = process.cwd()): TestReport {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = record(report);
  const files = list(testResults).map((result) => {
    const { name, status, message, assertionResults } = record(result);
    const file = text(name).replace(`${root}/`, '');
    const tests = list(assertionResults).map((test) => {
      const { status: verdict, ancestorTitles, title, failureMessages } = record(test);
      const names = [file, ...list(ancestorTitles).map(text), text(title)].filter((part) => part !== '');
      return { verdict, test: names.join(' › '), message: plain(list(failureMessages).map(text).join('\n')) };
    });
    return { file, failed: status === 'failed', message: plain(text(message)), tests };
  });
  return {
    counts: {
      passed: number(numPassedTests),
      failed: number(numFailedTests),
      skipped: number(numPendingTests) + number(numTodoTests),
    },
    failures: files.flatMap(({ file, failed, message, tests }) => {
      const failures = tests
        .filter(({ verdict }) => verdict === 'failed')
        .map(({ test, message: why }) => ({ test, message: why }));
      // A file that does not load has no tests, and a hook that fails may leave none of them failed.
      return failures.length === 0 && failed ? [{ test: file, message }] : failures;
    }),
    // What passed has messages of failures only from tries before.
    flaky: files.flatMap(({ tests }) =>
      tests.filter(({ verdict, message }) => verdict === 'passed' && message !== '').map(({ test }) => test),
    ),
  };
}

interface PageTest {
  readonly test: string;
  readonly status: unknown;
  /** Of the last try. */
  readonly message: string;
}

/** All tests below a suite of Playwright, named with the suites around them. */
function testsBelow(suite: Record<string, unknown>, around: readonly string[]): PageTest[] {
  const names = [...around, text(suite['title'])].filter((name) => name !== '');
  const here = list(suite['specs']).flatMap((spec) => {
    const { title, tests } = record(spec);
    return list(tests).map((test): PageTest => {
      const { status, results } = record(test);
      const errors = list(record(list(results).at(-1))['errors']).map((error) => text(record(error)['message']));
      return { test: [...names, text(title)].join(' › '), status, message: plain(errors.join('\n')) };
    });
  });
  return [...here, ...list(suite['suites']).flatMap((inner) => testsBelow(record(inner), names))];
}

/** @param report what Playwright's `json` reporter wrote */
export function readPlaywrightReport(report: unknown): TestReport {
  const { stats, suites } = record(report);
  const { expected, unexpected, flaky, skipped } = record(stats);
  const tests = list(suites).flatMap((suite) => testsBelow(record(suite), []));
  return {
    counts: { passed: number(expected) + number(flaky), failed: number(unexpected), skipped: number(skipped) },
    failures: tests.filter(({ status }) => status === 'unexpected').map(({ test, message }) => ({ test, message })),
    flaky: tests.filter(({ status }) => status === 'flaky').map(({ test }) => test),
  };
}

/** Lines of a failure's message that the summary shows. The whole of it is further up, where the test ran. */
const LINES = 12;

/** What is said at the end: what failed and why, and what needed a further try. Empty when there is nothing to say. */
export function summary({ failures, flaky }: Pick<TestReport, 'failures' | 'flaky'>): string {
  const failed = failures.map(({ test, message }) => {
    const lines = message.split('\n');
    const rest = lines.length > LINES ? [`… ${lines.length - LINES} more lines where it ran`] : [];
    return `✗ ${test}\n${[...lines.slice(0, LINES), ...rest].map((line) => `    ${line}`).join('\n')}`;
  });
  return [...failed, ...flaky.map((test) => `(Passed on a further try only: ${test})`)].join('\n');
}
