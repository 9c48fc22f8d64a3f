import { expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport, summary } from './test-reports.ts';

const assertion = (title: string, status: string, ...failureMessages: readonly string[]) => ({
  ancestorTitles: ['a gateway'],
  title,
  status,
  failureMessages,
});

it('names the tests of Vitest that failed, files that did not load, and what passed on a further try only', () => {
  const report = readVitestReport(
    {
      numPassedTests: 2,
      numFailedTests: 1,
      numPendingTests: 3,
      numTodoTests: 1,
      testResults: [
        {
          name: '/lab/src/gateway.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            assertion('answers', 'passed'),
            assertion('waits', 'passed', 'Error: too late'),
            assertion('ends', 'failed', '\u001B[31mAssertionError: expected 502\u001B[39m\n    at a.ts:3:4'),
          ],
        },
        { name: '/lab/src/broken.test.ts', status: 'failed', message: 'Cannot find x', assertionResults: [] },
      ],
    },
    '/lab',
  );
  expect(report).toEqual({
    counts: { passed: 2, failed: 1, skipped: 4 },
    failures: [
      { test: 'src/gateway.test.ts › a gateway › ends', message: 'AssertionError: expected 502\n    at a.ts:3:4' },
      { test: 'src/broken.test.ts', message: 'Cannot find x' },
    ],
    flaky: ['src/gateway.test.ts › a gateway › waits'],
  });
});

it('does the same for Playwright, with the message of the last try', () => {
  const spec = (title: string, status: string, ...messages: readonly string[]) => ({
    title,
    tests: [{ status, results: messages.map((message) => ({ errors: [{ message }] })) }],
  });
  const report = readPlaywrightReport({
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
    suites: [
      {
        title: 'e2e/search.spec.ts',
        specs: [spec('finds', 'expected')],
        suites: [
          { title: 'on a phone', specs: [spec('opens', 'unexpected', 'first', 'second'), spec('closes', 'flaky')] },
        ],
      },
    ],
  });
  expect(report).toEqual({
    counts: { passed: 6, failed: 1, skipped: 2 },
    failures: [{ test: 'e2e/search.spec.ts › on a phone › opens', message: 'second' }],
    flaky: ['e2e/search.spec.ts › on a phone › closes'],
  });
});

it('says at the end what failed and why, and no more of a long message than its beginning', () => {
  const message = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\n');
  const words = summary({ failures: [{ test: 'a › b', message }], flaky: ['c › d'] });
  expect(words.split('\n')).toHaveLength(15);
  expect(words).toContain('✗ a › b\n    line 1\n');
  expect(words).toContain('line 12\n    … 8 more lines where it ran\n(Passed on a further try only: c › d)');
  expect(summary({ failures: [], flaky: [] })).toBe('');
});
