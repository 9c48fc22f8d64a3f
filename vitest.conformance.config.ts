import { defineConfig } from 'vitest/config';

/** `npm run test:conformance`: the simulator, and the folders that readers take home, against the real gateways that are installed. */
export default defineConfig({
  test: {
    include: ['tests/conformance/**/*.test.ts', 'tests/take-home/folders.test.ts'],
    // A gateway's timers run out some forty times; a slow machine tries some faults again.
    hookTimeout: 20 * 60_000,
    // They mostly wait, so more of them than there are cores can run at the same time.
    maxConcurrency: 6,
    reporters: ['verbose'],
  },
});
