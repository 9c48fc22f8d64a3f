import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { MEDIA_TYPES } from './headers-media-types.ts';
import { forgetPythonFiles, ownModules, PYTHON_FOLDER, pythonFiles, type BuiltPython } from './python-files.ts';

const VIRTUAL = 'virtual:python-files';
const RESOLVED = `\0${VIRTUAL}`;

/** What the page is told about the files: how to get them, and how much they are. */
const described = ({ version, hash, files }: BuiltPython, base: string) => ({
  version,
  hash,
  files: Object.fromEntries(
    files.map(({ name, address, bytes }) => [name, { url: `${base.replace(/\/?$/, '/')}python/${address}`, bytes }]),
  ),
});

/**
 * Makes the files with which pages run Python, and tells pages where they are: `import { PYTHON } from
 * 'virtual:python-files'`, null when there are none. Pages get them from `src/pages/python/`.
 */
export function pythonModule(): Plugin {
  let root = process.cwd();
  let base = '/';
  return {
    name: 'python-files',
    configResolved(config) {
      root = config.root;
      base = config.base;
    },
    // Takes a while the first time. Whoever needs the files waits for them below, and hears what went wrong there.
    buildStart() {
      pythonFiles(root).catch(() => undefined);
    },
    resolveId: (source) => (source === VIRTUAL ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      for (const file of ownModules(root)) this.addWatchFile(file);
      const python = await pythonFiles(root);
      return `export const PYTHON = ${JSON.stringify(python && described(python, base))};`;
    },
    watchChange(file) {
      if (file.endsWith('.py')) forgetPythonFiles(root);
    },
    configureServer(server) {
      // Astro's own server wants a slash at the end of addresses like these.
      server.middlewares.use('/python/', (request, response, next) => {
        const [file = ''] = /^\/[\da-f]+\/[\w.-]+$/.exec(request.url ?? '') ?? [];
        const place = path.join(root, PYTHON_FOLDER, file);
        if (file === '' || !existsSync(place)) return next();
        response.setHeader('Content-Type', MEDIA_TYPES[path.extname(file)] ?? 'application/octet-stream');
        createReadStream(place).pipe(response);
      });
    },
  };
}
