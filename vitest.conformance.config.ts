import { defineConfig } from 'vitest/config';

/** `npm run test:conformance`: the simulator against the real gateways that are installed. */
export default defineConfig({
  test: {
    include: ['tests/conformance/**/*.test.ts'],
    // Starting a gateway and waiting for its timers.
    hookTimeout: 120_000,
    reporters: ['verbose'],
  },
});
