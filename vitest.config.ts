import { configDefaults, defineConfig } from 'vitest/config';

/** Unit tests beside their module and the tests of the content. Conformance and the other browsers have configurations of their own; *.spec.ts is for Playwright. */
export default defineConfig({
  test: {
    include: ['{src,tools,tests}/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, 'tests/{conformance,browsers}/**', 'tests/take-home/folders.test.ts'],
    allowOnly: false,
    maxWorkers: 2,
    // For tests that read many files, on a machine that does other things besides.
    testTimeout: 30_000,
    // Real servers and programs beside each other starve now and then. `npm test` names what passed on the second try only.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
