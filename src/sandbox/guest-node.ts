import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { openKit } from '../gateway/open-kit.ts';
import * as cors from '../network/cors.ts';
import * as decode from '../network/decode.ts';
import * as xhr from '../network/xhr.ts';
import type { GuestMessage, PaceMessage, RunRequest } from './protocol.ts';
import { runProgram, type Platform } from './run-program.ts';

/** The worker thread in which `run-in-node.ts` runs one program. */

const { setTimeout, setImmediate, clearTimeout, process } = globalThis;
const now = performance.now.bind(performance);

const platform: Platform = {
  post: (message: GuestMessage) => parentPort?.postMessage(message),
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
  parts: () => Promise.resolve({ cors, decode, xhr }),
  onPace: (listener) => parentPort?.on('message', ({ pace }: PaceMessage) => listener(pace)),
  load: (code, fileName) =>
    import(`data:text/javascript;charset=utf-8,${encodeURIComponent(`${code}\n//# sourceURL=${fileName}`)}`),
  locateSyntaxError: (code, { message }) => {
    try {
      // Parses and never runs it. Imports and exports are no part of a function, hence the comparison of the messages.
      new Script(`"use strict";async()=>{\n${code}\n}`, { filename: 'client.js' });
    } catch (error) {
      const found = /^client\.js:(\d+)\n.*\n([ \t]*)\^/.exec(error instanceof Error ? (error.stack ?? '') : '');
      if (found && error instanceof Error && error.message === message) {
        return Promise.resolve({ line: Number(found[1]) - 1, column: (found[2] ?? '').length + 1 });
      }
    }
    return Promise.resolve(null);
  },
  onUnhandled: (listener) => {
    process.on('uncaughtException', (error) => listener('uncaught', error));
    process.on('unhandledRejection', (error) => listener('rejection', error));
  },
};

// The program is written for browsers; what only Node has would let it work here and fail there. (`Buffer` has to stay: Node's own fetch needs it.)
for (const name of ['process', 'global', 'navigator']) Reflect.deleteProperty(globalThis, name);
// Chromium gives none to the reader's worker (see refusals.ts), so a sample must not rely on it.
Object.defineProperty(crypto, 'subtle', { configurable: true, value: undefined });
Object.defineProperty(globalThis, 'self', { configurable: true, value: globalThis });

runProgram(workerData as RunRequest, platform).catch((error: unknown) => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  platform.post({ kind: 'failed', how: 'uncaught', name, message, stack: '', at: 0, position: null });
  platform.post({ kind: 'finished', simulatedMs: 0 });
});
