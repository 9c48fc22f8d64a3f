import path from 'node:path';
import { build } from 'vite';
import type { GatewayId } from '../gateway/ids.ts';
import { leanMsw } from './lean-msw.ts';
import { leanVolatile } from './lean-volatile.ts';

/** Packages of MSW's that the guest does without; `src/network/msw-parts.ts` says why. */
const UNUSED_BY_GUEST = ['tough-cookie', '@msw/url', '@mswjs/interceptors', 'cookie', 'outvariant', 'is-node-process'];

/**
 * The worker of the code playground (`src/sandbox/guest.ts`) as one minified classic script, with the simulator, the
 * profile of one gateway, and the servers, the ledger and the client's own trouble only for scenarios that have some. Built once for each of those.
 * @param gateway `documented`: the script for every gateway that answers from its documentation
 */
export function guestScript(root: string, gateway: GatewayId | 'documented', full: boolean): Promise<string> {
  const name = `${gateway} ${full}`;
  const known = guests.get(name);
  if (known) return known;
  const file = (relative: string): string => JSON.stringify(path.join(root, relative));
  const source = [
    ...(gateway === 'documented'
      ? [`import { openDocumented as open } from ${file('src/gateway/documented/open-documented.ts')};`]
      : [
          `import { ${profileName(gateway)} as profile } from ${file(`src/gateway/profiles/${gateway}.ts`)};`,
          `import { openGateway } from ${file('src/gateway/open-gateway.ts')};`,
          'const open = (scenario, kit, makers) => openGateway(scenario, kit, profile, makers);',
        ]),
    `import { startGuest } from ${file('src/sandbox/guest.ts')};`,
    ...(full
      ? [
          `import { makeSystem } from ${file('src/gateway/system/make-system.ts')};`,
          `import { makeBooks } from ${file('src/gateway/books.ts')};`,
          `import { behindObstacles } from ${file('src/gateway/client-trouble.ts')};`,
          'const reachGateway = (scenario, kit) =>',
          '  behindObstacles(scenario, () => open(scenario, kit, { makeSystem, makeBooks }));',
          'startGuest({ openGateway: reachGateway });',
        ]
      : ['startGuest({ openGateway: (scenario, kit) => open(scenario, kit, {}) });']),
  ].join('\n');
  const script = bundled(root, '\0guest', 'iife', source);
  guests.set(name, script);
  return script;
}

/** The profile of `http-proxy` is exported as `httpProxy`. */
const profileName = (gateway: GatewayId): string =>
  gateway.replace(/-(\w)/g, (_, start: string) => start.toUpperCase());

const guests = new Map<string, Promise<string>>();

/** `library`: an ES module in which classes and functions keep their names, because programs print them. */
export type ScriptFormat = 'iife' | 'es' | 'library';

/**
 * One minified script.
 * @param source the text of the entry, where it is no file
 */
export async function bundled(root: string, entry: string, format: ScriptFormat, source?: string): Promise<string> {
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
        transform: leanMsw,
      },
      {
        name: 'lean-volatile',
        transform: (code, id) => (id.endsWith('-volatile.ts') ? leanVolatile(code) : null),
      },
    ],
    resolve: { alias: Object.fromEntries(UNUSED_BY_GUEST.map((name) => [name, standIn])) },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      rolldownOptions: {
        input: entry,
        output: {
          format: format === 'library' ? 'es' : format,
          keepNames: format === 'library',
          name: 'gatewayLab',
        },
        preserveEntrySignatures: 'strict',
      },
    },
  });
  const [chunk] = (Array.isArray(output) ? output : [output]).flatMap((part) => ('output' in part ? part.output : []));
  if (chunk?.type !== 'chunk') throw new Error(`${entry} did not build: Vite gave no chunk.`);
  return chunk.code;
}
