import { createHash } from 'node:crypto';
import path from 'node:path';
import { build, type Plugin } from 'vite';

const VIRTUAL = 'virtual:guest-url';
const RESOLVED = `\0${VIRTUAL}`;
const DEV_URL = '/@gateway-lab/guest.js';

/** Packages of MSW's that the guest does without; `src/network/msw-parts.ts` says why. */
const UNUSED_BY_GUEST = ['tough-cookie', '@msw/url', '@mswjs/interceptors'];

/**
 * Builds the worker of the code playground (`src/sandbox/guest.ts`) as one classic script, and gives pages its address:
 * `import guestUrl from 'virtual:guest-url'`. It is a script of its own, because the page hands its text into a frame
 * that can load nothing.
 */
export function guestBundle(): Plugin {
  let root = process.cwd();
  let base = '/';
  let assetsFolder = 'assets';
  let serving = false;
  let bundle: Promise<string> | null = null;
  return {
    name: 'guest-bundle',
    configResolved(config) {
      root = config.root;
      base = config.base;
      assetsFolder = config.build.assetsDir;
      serving = config.command === 'serve';
    },
    resolveId: (source) => (source === VIRTUAL ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      if (serving) return `export default ${JSON.stringify(DEV_URL)};`;
      bundle ??= guestScript(root);
      const source = await bundle;
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `${assetsFolder}/guest.${hash}.js`;
      this.emitFile({ type: 'asset', fileName, source });
      return `export default ${JSON.stringify(base.replace(/\/?$/, '/') + fileName)};`;
    },
    configureServer(server) {
      server.middlewares.use(DEV_URL, (_request, response, next) => {
        guestScript(root).then((source) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(source);
        }, next);
      });
    },
  };
}

/** The guest as one minified classic script. */
export async function guestScript(root: string): Promise<string> {
  const standIn = path.join(root, 'src/network/msw-parts.ts');
  const output = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: Object.fromEntries(UNUSED_BY_GUEST.map((name) => [name, standIn])) },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      lib: { entry: 'src/sandbox/guest.ts', formats: ['iife'], name: 'gatewayLabGuest' },
    },
  });
  const [chunk] = (Array.isArray(output) ? output : [output]).flatMap((part) => ('output' in part ? part.output : []));
  if (chunk?.type !== 'chunk') throw new Error('The guest script did not build: Vite gave no chunk.');
  return chunk.code;
}
