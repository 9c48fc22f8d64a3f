import { createHash } from 'node:crypto';
import path from 'node:path';
import { build, type Plugin } from 'vite';
import type { GatewayId } from '../gateway/ids.ts';

const VIRTUAL = 'virtual:xhr-url';
const RESOLVED = `\0${VIRTUAL}`;
const DEV_URL = '/@gateway-lab/xhr.js';

/** Packages of MSW's that the guest does without; `src/network/msw-parts.ts` says why. */
const UNUSED_BY_GUEST = ['tough-cookie', '@msw/url', '@mswjs/interceptors', 'cookie', 'outvariant', 'is-node-process'];

/**
 * The worker of the code playground (`src/sandbox/guest.ts`) as one minified classic script, with the simulator, the
 * profile of one gateway, and the servers and the ledger only for scenarios that have some. Built once for each of those.
 */
export function guestScript(root: string, gateway: GatewayId, full: boolean): Promise<string> {
  const name = `${gateway} ${full}`;
  const known = guests.get(name);
  if (known) return known;
  const file = (relative: string): string => JSON.stringify(path.join(root, relative));
  const source = [
    `import * as all from ${file(`src/gateway/profiles/${gateway}.ts`)};`,
    `import { openGateway } from ${file('src/gateway/open-gateway.ts')};`,
    `import { startGuest } from ${file('src/sandbox/guest.ts')};`,
    ...(full
      ? [
          `import { makeSystem } from ${file('src/gateway/system/make-system.ts')};`,
          `import { makeBooks } from ${file('src/gateway/books.ts')};`,
        ]
      : ['const [makeSystem, makeBooks] = [];']),
    `const profile = Object.values(all).find((one) => one.id === ${JSON.stringify(gateway)});`,
    'startGuest({ openGateway: (scenario, kit) => openGateway(scenario, kit, profile, { makeSystem, makeBooks }) });',
  ].join('\n');
  const script = bundled(root, '\0guest', 'iife', source);
  guests.set(name, script);
  return script;
}

const guests = new Map<string, Promise<string>>();

/**
 * Gives pages the address of a script that few programs need: `import xhrUrl from 'virtual:xhr-url'`. It is no chunk of the
 * page's, because the page hands its text into a frame that can load nothing.
 */
export function xhrBundle(): Plugin {
  let root = process.cwd();
  let base = '/';
  let assetsFolder = 'assets';
  let serving = false;
  const script = (): Promise<string> => bundled(root, path.join(root, 'src/network/xhr.ts'), 'es');
  return {
    name: 'xhr-bundle',
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
      const source = await script();
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `${assetsFolder}/xhr.${hash}.js`;
      this.emitFile({ type: 'asset', fileName, source });
      return `export default ${JSON.stringify(base.replace(/\/?$/, '/') + fileName)};`;
    },
    configureServer(server) {
      server.middlewares.use(DEV_URL, (_request, response, next) => {
        script().then((source) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(source);
        }, next);
      });
    },
  };
}

/** One minified script. @param source the text of the entry, where it is no file */
async function bundled(root: string, entry: string, format: 'iife' | 'es', source?: string): Promise<string> {
  const standIn = path.join(root, 'src/network/msw-parts.ts');
  const output = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => {
          if (id === entry) return id;
          return /\/(?:prepared-wire|passed-on-line)\.ts$/.test(id)
            ? path.join(root, 'src/gateway/one-by-one.ts')
            : null;
        },
        load: (id) => (id === entry ? (source ?? null) : null),
        transform: (code, id) => {
          // MSW's table of reason phrases is for responses without one; the gateway's answers bring their own.
          if (id.includes('/msw/')) return code.replace(/(const httpStatusMessages = )\{[^}]*\}/, '$1{}');
          // What masks a fresh recording is for the recorder; a page only fills in.
          if (id.endsWith('-volatile.ts')) return code.replace(/\bfind: \/.*\/g?m?,$/gm, '');
          return null;
        },
      },
    ],
    resolve: { alias: Object.fromEntries(UNUSED_BY_GUEST.map((name) => [name, standIn])) },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      rolldownOptions: { input: entry, output: { format, name: 'gatewayLab' }, preserveEntrySignatures: 'strict' },
    },
  });
  const [chunk] = (Array.isArray(output) ? output : [output]).flatMap((part) => ('output' in part ? part.output : []));
  if (chunk?.type !== 'chunk') throw new Error(`${entry} did not build: Vite gave no chunk.`);
  return chunk.code;
}
