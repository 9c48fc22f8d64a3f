import type { Plugin } from 'vite';

const HELPER = '\0vite/preload-helper.js';

/**
 * Leaves out of each script the list of chunks that Vite would fetch ahead of a dynamic import. The names are hashes, which
 * do not compress: in the script that every first Run needs they were half a kilobyte. A chunk fetches what it imports.
 * What would have read the lists, 0.8 kB in every page, is left out with them.
 */
export const leanChunks = (): Plugin => ({
  name: 'gateway-lab:lean-chunks',
  enforce: 'pre',
  configEnvironment: () => ({ build: { modulePreload: { polyfill: false, resolveDependencies: () => [] } } }),
  load: (id) => (id === HELPER ? 'export const __vitePreload = (load) => load();' : null),
});
