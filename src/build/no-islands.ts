import type { Plugin } from 'vite';

const CLIENT = '@astrojs/preact/client.js';
const NOTHING = '\0no-islands';

/**
 * Leaves out the script that wakes Astro's islands. Playgrounds are woken by an element of their own, so nothing loads it,
 * but as long as it is built it keeps every export of the signals alive in the files that playgrounds do load.
 */
export const noIslands = (): Plugin => ({
  name: 'no-islands',
  enforce: 'pre',
  resolveId: (source) => (source === CLIENT ? NOTHING : null),
  load: (id) => (id === NOTHING ? 'export default () => () => {};' : null),
});
