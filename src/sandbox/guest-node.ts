import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { openKit } from '../gateway/open-kit.ts';
import * as realTime from '../gateway/real-clock.ts';
import * as cors from '../network/cors.ts';
import * as decode from '../network/decode.ts';
import * as pageFetch from '../network/page-fetch.ts';
import * as rareFetch from '../network/rare-fetch.ts';
import * as xhr from '../network/xhr.ts';
import type { LibraryName } from './libraries.ts';
import * as imports from './link-imports.ts';
import type { PageMessage, RunRequest } from './protocol.ts';
import { runProgram, type Platform } from './run-program.ts';
import * as subtle from './subtle.ts';

/** The worker thread in which `run-in-node.ts` runs one program. */

const { setTimeout, setImmediate, clearTimeout, process } = globalThis;
const now = performance.now.bind(performance);

/** The libraries as browsers get them, from the project's folder. */
const LIBRARY_FILES: Readonly<Record<LibraryName, string>> = {
  ky: 'node_modules/ky/distribution/index.js',
  'p-retry': 'node_modules/p-retry/index.js',
  axios: 'node_modules/axios/dist/esm/axios.js',
};

const platform: Platform = {
  post: (messages) => parentPort?.postMessage(messages),
  turn: () =>
    new Promise((resolve) => {
      setImmediate(resolve);
    }),
  realTime: {
    now,
    setTimeout: (callback, ms) => Number(setTimeout(callback, ms)),
    clearTimeout: (timer) => clearTimeout(timer),
  },
  gatewayModule: () => Promise.resolve({ openGateway: openKit }),
  parts: () => Promise.resolve({ cors, decode, imports, pageFetch, rareFetch, realTime, subtle, xhr }),
  onPace: (listener) =>
    parentPort?.on('message', (message: PageMessage) => message.kind === 'pace' && listener(message.pace)),
  load: (code, fileName) =>
    import(`data:text/javascript;charset=utf-8,${encodeURIComponent(`${code}\n//# sourceURL=${fileName}`)}`),
  libraryUrl: (name) => pathToFileURL(resolve(LIBRARY_FILES[name])).href,
  onUnhandled: (listener) => {
    process.on('uncaughtException', (error) => listener('uncaught', error));
    process.on('unhandledRejection', (error) => listener('rejection', error));
  },
};

// The program is written for browsers; what only Node has would let it work here and fail there. (`Buffer` has to stay: Node's own fetch needs it.)
for (const name of ['process', 'global', 'navigator']) Reflect.deleteProperty(globalThis, name);
Object.defineProperty(globalThis, 'self', { configurable: true, value: globalThis });

runProgram(workerData as RunRequest, platform).catch((error: unknown) => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const failure = { how: 'uncaught', name, message, stack: '', at: 0, position: null } as const;
  platform.post([
    { kind: 'failed', ...failure },
    { kind: 'finished', simulatedMs: 0 },
  ]);
});
