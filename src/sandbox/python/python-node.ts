import nodeCrypto from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { openKit } from '../../gateway/open-kit.ts';
import type { GuestMessage, PageMessage, RunRequest } from '../protocol.ts';
import { bootInNode, type PythonPaths } from './boot-in-node.ts';
import { runPython } from './run-python.ts';

/** The worker thread in which `run-python-in-node.ts` runs Python programs, one after the other, with one interpreter. */

const { setTimeout } = globalThis;
const now = performance.now.bind(performance);
const post = (messages: readonly GuestMessage[]): void => parentPort?.postMessage(messages);

// Under Node, Pyodide's chance comes from here; a run replaces only the chance that browsers have.
Object.assign(nodeCrypto, { randomFillSync: (view: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(view) });

const machine = await bootInNode(workerData as PythonPaths);

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
