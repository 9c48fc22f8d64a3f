import type { Plugin } from 'vite';

/**
 * Leaves out of each script the list of chunks that Vite would fetch ahead of a dynamic import. The names are hashes, which
 * do not compress: in the script that every first Run needs they were half a kilobyte. A chunk fetches what it imports.
 */
export const leanChunks = (): Plugin => ({
  name: 'gateway-lab:lean-chunks',
  configEnvironment: () => ({ build: { modulePreload: { polyfill: false, resolveDependencies: () => [] } } }),
});
