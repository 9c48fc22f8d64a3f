import type { GatewayModule, GuestMessage, Pace, PageMessage } from './protocol.ts';
import type { become } from './python/become-python.ts';
import { runProgram, type Platform } from './run-program.ts';

/**
 * The worker in which the reader's program runs, in a browser. It is a classic script, because a worker made from a blob
 * in an opaque origin may not be a module. The first message brings a port to the page, the first message on the port
 * brings the program. The script is built for one gateway (`src/build/guest-bundle.ts`), which it gives to {@link startGuest}.
 */

const native = {
  setTimeout: setTimeout.bind(globalThis) as (callback: () => void, ms: number) => number,
  clearTimeout: clearTimeout.bind(globalThis) as (timer: number) => void,
  now: performance.now.bind(performance),
  objectUrl: URL.createObjectURL.bind(URL),
};

let onUnhandled: ((how: 'uncaught' | 'rejection', error: unknown) => void) | null = null;
let onPace: ((pace: Pace) => void) | null = null;

addEventListener('error', (event) => {
  event.preventDefault();
  onUnhandled?.('uncaught', (event.error as unknown) ?? event.message);
});
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  onUnhandled?.('rejection', event.reason);
});

const loop = new MessageChannel();
const post = loop.port2.postMessage.bind(loop.port2);
let wake: (() => void) | null = null;
loop.port1.onmessage = () => wake?.();

const scriptUrl = (code: BlobPart): string => native.objectUrl(new Blob([code], { type: 'text/javascript' }));

const importUrl = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);
const module = (code: BlobPart): Promise<unknown> => importUrl(scriptUrl(code));

function platformFor(gateway: GatewayModule, send: Platform['post']): Platform {
  return {
    post: send,
    turn: () =>
      new Promise((resolve) => {
        wake = resolve;
        post(null);
      }),
    realTime: native,
    gatewayModule: () => Promise.resolve(gateway),
    parts: async ({ parts }) => {
      const texts = Object.entries(parts ?? {});
      const modules = await Promise.all(texts.map(([, text]) => module(text)));
      return Object.fromEntries(texts.map(([name], index) => [name, modules[index]]));
    },
    onPace: (listener) => {
      onPace = listener;
    },
    load: (code, fileName, called) => {
      const url = scriptUrl(`${code}\n//# sourceURL=${fileName}`);
      called(url);
      return importUrl(url);
    },
    libraryUrl: (name, { imports }) => scriptUrl(imports?.libraries[name] ?? ''),
    onUnhandled: (listener) => {
      onUnhandled = listener;
    },
  };
}

/** Waits for the page's port and for the program. @param gateway opens the gateway that the script was built for */
export function startGuest(gateway: GatewayModule): void {
  addEventListener(
    'message',
    (event) => {
      const [port] = event.ports;
      if (!port) return;
      const send: (messages: readonly GuestMessage[]) => void = port.postMessage.bind(port);
      let begun = false;
      port.onmessage = ({ data }: MessageEvent<PageMessage>) => {
        if (data.kind === 'ask') send([]);
        else if (data.kind === 'pace') onPace?.(data.pace);
        else if (data.kind === 'become') {
          void module(data.text).then((part) =>
            (part as { become: typeof become }).become({ port, gateway, realTime: native, module }, data),
          );
        } else if (data.kind === 'run' && !begun) {
          begun = true;
          runProgram(data, platformFor(gateway, send)).catch((error: unknown) => {
            const place = { stack: '', at: 0, position: null } as const;
            send([
              { kind: 'failed', how: 'uncaught', name: 'SandboxError', message: String(error), ...place },
              { kind: 'finished', simulatedMs: 0 },
            ]);
          });
        }
      };
      send([{ kind: 'ready' }]);
    },
    { once: true },
  );
}
