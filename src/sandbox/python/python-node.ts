import nodeCrypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { openKit } from '../../gateway/open-kit.ts';
import type { GuestMessage, PageMessage, RunRequest } from '../protocol.ts';
import { bootMachine } from './machine.ts';
import type { LoadPyodide } from './pyodide.ts';
import { runPython } from './run-python.ts';

/** The worker thread in which `run-python-in-node.ts` runs Python programs, one after the other, with one interpreter. */

/** What the thread is started with: paths of the files that the build made of the standard library and of the packages. */
export interface PythonThread {
  readonly stdlib: string;
  readonly packages: string;
}

const { setTimeout } = globalThis;
const now = performance.now.bind(performance);
const { stdlib, packages } = workerData as PythonThread;
const post = (messages: readonly GuestMessage[]): void => parentPort?.postMessage(messages);

// Under Node, Pyodide's chance comes from here; a run replaces only the chance that browsers have.
Object.assign(nodeCrypto, { randomFillSync: (view: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(view) });

const folder = resolve('node_modules/pyodide');
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };
const machine = await bootMachine(
  () =>
    loadPyodide({
      indexURL: `${folder}/`,
      stdLibURL: stdlib,
      convertNullToNone: true,
      env: { HOME: '/home/reader', PYTHONHASHSEED: '0' },
    }),
  readFileSync(packages),
);

parentPort?.on('message', (message: PageMessage) => {
  if (message.kind === 'run') void run(message);
});

const nothing = (): undefined => undefined;

async function run(request: RunRequest): Promise<void> {
  const platform = {
    post,
    realTime: { now, setTimeout },
    gateway: { openGateway: openKit },
    onOrder: nothing,
    closeWaysOut: nothing,
  };
  try {
    await runPython(request, machine, platform);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    post([
      { kind: 'failed', how: 'uncaught', name, message, stack: '', at: 0, position: null },
      { kind: 'finished', simulatedMs: 0 },
    ]);
  }
}
