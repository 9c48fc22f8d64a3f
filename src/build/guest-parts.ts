import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Plugin } from 'vite';
import type { PartName } from '../sandbox/part-texts.ts';
import { isLibrary, type LibraryName } from '../sandbox/libraries.ts';
import { bundled, type ScriptFormat } from './guest-bundle.ts';

/** What the page hands to the guest besides: a part of it, or a library for the reader's program. */
type ScriptName = PartName | LibraryName | 'python';

/** The module of each, whose exports the guest or the program uses. */
const ENTRIES: Readonly<Record<ScriptName, string>> = {
  cors: 'src/network/cors.ts',
  decode: 'src/network/decode.ts',
  imports: 'src/sandbox/link-imports.ts',
  pageFetch: 'src/network/page-fetch.ts',
  realTime: 'src/gateway/real-clock.ts',
  subtle: 'src/sandbox/subtle.ts',
  subtleServer: 'src/sandbox/subtle-server.ts',
  rareFetch: 'src/network/rare-fetch.ts',
  xhr: 'src/network/xhr.ts',
  python: 'src/sandbox/python/become-python.ts',
  axios: 'node_modules/axios/index.js',
  ky: 'node_modules/ky/distribution/index.js',
  'p-retry': 'node_modules/p-retry/index.js',
};

const VIRTUAL = 'virtual:part/';
const RESOLVED = `\0${VIRTUAL}`;
const DEV_FOLDER = '/@gateway-lab/part/';

const isPart = (name: string): name is ScriptName => Object.hasOwn(ENTRIES, name);

/** The frame's document runs a script; everything else is imported. */
const formatOf = (name: ScriptName): ScriptFormat =>
  isLibrary(name) ? 'library' : name === 'subtleServer' ? 'iife' : 'es';

const scripts = new Map<string, Promise<string>>();

/** The text of one part: minified, without imports. */
function partScript(root: string, name: ScriptName): Promise<string> {
  const script = scripts.get(name) ?? bundled(root, path.join(root, ENTRIES[name]), formatOf(name));
  scripts.set(name, script);
  return script;
}

/**
 * Gives pages the addresses of the parts that few programs need: `import url from 'virtual:part/xhr'`. They are no chunks
 * of the page's, because the page hands their text into a frame that can load nothing.
 */
export function guestParts(): Plugin {
  let root = process.cwd();
  let base = '/';
  let assetsFolder = 'assets';
  let serving = false;
  return {
    name: 'guest-parts',
    configResolved(config) {
      root = config.root;
      base = config.base;
      assetsFolder = config.build.assetsDir;
      serving = config.command === 'serve';
    },
    resolveId: (source) => (source.startsWith(VIRTUAL) ? `\0${source}` : null),
    async load(id) {
      if (!id.startsWith(RESOLVED)) return null;
      const name = id.slice(RESOLVED.length);
      if (!isPart(name))
        throw new Error(`${name} is no part of the guest; the parts stand in src/build/guest-parts.ts.`);
      if (serving) return `export default ${JSON.stringify(`${DEV_FOLDER}${name}.js`)};`;
      const source = await partScript(root, name);
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `${assetsFolder}/${name}.${hash}.js`;
      this.emitFile({ type: 'asset', fileName, source });
      return `export default ${JSON.stringify(base.replace(/\/?$/, '/') + fileName)};`;
    },
    configureServer(server) {
      server.middlewares.use(DEV_FOLDER, (request, response, next) => {
        const name = /^\/([\w-]+)\.js/.exec(request.url ?? '')?.[1] ?? '';
        if (!isPart(name)) return next();
        partScript(root, name).then((source) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(source);
        }, next);
      });
    },
  };
}
