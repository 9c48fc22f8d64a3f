import { installRefusals } from '../refusals.ts';
import { replaceGlobal } from '../time.ts';
import type { Becoming, GatewayModule, GuestMessage, PageMessage, Pace } from '../protocol.ts';
import { answerQuestions } from './answer-questions.ts';
import { bootMachine } from './machine.ts';
import { filesFrom, type PythonFiles } from './python-files.ts';
import type { LoadPyodide, Pyodide } from './pyodide.ts';
import type { RealTime } from './patience.ts';
import { rehearseGateway } from './rehearse-gateway.ts';
import { runPython } from './run-python.ts';

/** The guest, before it has run anything, as this part takes it over. */
export interface Guest {
  readonly port: MessagePort;
  readonly gateway: GatewayModule;
  readonly realTime: RealTime;
  /** Imports a script as an ES module. */
  readonly module: (script: BlobPart) => Promise<unknown>;
}

/** Turns the guest into one that runs Python. From now on this hears the page. */
export async function become(guest: Guest, { files: filesPort, likely, questions }: Becoming): Promise<void> {
  const files = filesFrom(filesPort);
  const { port, gateway, realTime, module } = guest;
  const post = (messages: readonly GuestMessage[]): void => port.postMessage(messages);
  let order: ((order: Pace | 'interrupt') => void) | null = null;
  const machine = bootMachine(
    () => loadInWorker(files, module),
    files.packages.then((packages) => packages.arrayBuffer()),
  );
  machine.catch((error: unknown) => post(brokenDown(error)));
  try {
    rehearseGateway(gateway, likely);
  } catch {
    // What is wrong with the scenario, its run will say.
  }
  const endQuestions = answerQuestions(questions, machine);
  port.onmessage = ({ data }: MessageEvent<PageMessage>) => {
    if (data.kind === 'ask') post([]);
    else if (data.kind === 'pace') order?.(data.pace);
    else if (data.kind === 'interrupt') order?.('interrupt');
    else if (data.kind === 'run') {
      endQuestions();
      machine
        .then((ready) =>
          runPython(data, ready, {
            ...{ post, realTime, gateway, closeWaysOut },
            onOrder: (listener) => {
              order = listener;
            },
          }),
        )
        .catch((error: unknown) => post(brokenDown(error)));
    }
  };
  await machine;
  post([{ kind: 'ready' }]);
}

function brokenDown(error: unknown): readonly GuestMessage[] {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const place = { stack: '', at: 0, position: null } as const;
  return [
    { kind: 'failed', how: 'uncaught', name, message: message.slice(0, 2000), ...place },
    { kind: 'finished', simulatedMs: 0 },
  ];
}

/** Python has the simulated network under its sockets; what JavaScript would offer besides leads nowhere. */
function closeWaysOut(): void {
  installRefusals();
  for (const name of ['fetch', 'XMLHttpRequest']) {
    replaceGlobal(name, function refuse(): never {
      throw new Error(
        `${name} is not available to Python in this playground: use requests, httpx, urllib or a socket.`,
      );
    });
  }
}

/** An address that names the interpreter's files; none of them is fetched. */
const BASE = 'https://python.invalid/';

/** The interpreter, out of files that the page hands over while it comes up: a worker here can fetch nothing. */
async function loadInWorker(files: PythonFiles, module: Guest['module']): Promise<Pyodide> {
  // Pyodide wants a module worker, which an opaque origin does not get; it tells one by this.
  Reflect.deleteProperty(globalThis, 'importScripts');
  const served: Readonly<Record<string, readonly [body: Promise<Blob>, type: string]>> = {
    'pyodide.asm.wasm': [files.wasm, 'application/wasm'],
    'python_stdlib.zip': [files.stdlib, 'application/zip'],
  };
  const nativeFetch = globalThis.fetch;
  globalThis.fetch = async (input) => {
    const name = (input instanceof Request ? input.url : String(input)).replace(BASE, '');
    const found = served[name];
    if (!found) throw new TypeError(`Python asked for ${name}, which it does not have.`);
    return new Response(await found[0], { headers: { 'Content-Type': found[1] } });
  };
  try {
    const { loadPyodide } = (await module(await files.loader)) as { loadPyodide: LoadPyodide };
    const { default: createPyodideModule } = (await module(await files.runtime)) as { default: unknown };
    return await loadPyodide({
      indexURL: BASE,
      lockFileContents: await (await files.lock).text(),
      createPyodideModule,
      convertNullToNone: true,
      env: { HOME: '/home/reader', PYTHONHASHSEED: '0' },
    });
  } finally {
    globalThis.fetch = nativeFetch;
  }
}
