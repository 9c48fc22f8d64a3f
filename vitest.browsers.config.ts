import { defineConfig } from 'vitest/config';

/** `npm run test:browsers`: the main path in Firefox and WebKit, on a finished build. */
export default defineConfig({
  test: {
    include: ['tests/browsers/**/*.test.ts'],
    hookTimeout: 90_000,
    reporters: ['verbose'],
  },
});
