import { defineConfig } from '@playwright/test';
import { DIST } from './tests/setup/built-site.ts';
import { findChromium } from './tools/find-chromium.ts';

const port = Number(process.env['SITE_PORT'] ?? 4391);
const executablePath = findChromium();

/** Looks at pages and presses little; these can run beside something else. */
const STILL = [
  'a11y/pages',
  'e2e/built-pages',
  'e2e/machines',
  'e2e/no-script',
  'e2e/pages',
  'e2e/reading-bytes',
  'e2e/search',
];
const still = STILL.map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: 'tests',
  projects: [
    { name: 'still', testMatch: still, outputDir: 'test-results/still' },
    {
      name: 'lively',
      testMatch: '{e2e,a11y}/**/*.spec.ts',
      testIgnore: still.map((name) => `**/${name}`),
      outputDir: 'test-results/lively',
    },
  ],
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // Two browsers on two cores starve each other now and then. The report names what passed on the second try only.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env['PAGES_REPORT'] ?? 'test-results/pages.json' }]],
  webServer: {
    command: `"${process.execPath}" tools/serve.ts --no-build --dir "${DIST}" --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        // As readers' browsers do, and the headless shell by itself does not: other origins in processes of their own.
        '--site-per-process',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
