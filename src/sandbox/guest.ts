import type { GatewayModule, GuestMessage, Pace, PaceMessage, RunRequest, SourcePosition } from './protocol.ts';
import { runProgram, type Platform } from './run-program.ts';

/**
 * The worker in which the reader's program runs, in a browser. It is a classic script, because a worker made from a blob
 * in an opaque origin may not be a module. The first message brings a port to the page, the first message on the port
 * brings the program. The script is built for one gateway (`src/build/guest-bundle.ts`), which it gives to {@link startGuest}.
 */

declare const importScripts: (url: string) => void;

const native = {
  setTimeout: setTimeout.bind(globalThis) as (callback: () => void, ms: number) => number,
  clearTimeout: clearTimeout.bind(globalThis) as (timer: number) => void,
  now: performance.now.bind(performance),
  importScripts: importScripts.bind(globalThis),
  objectUrl: URL.createObjectURL.bind(URL),
};

let onUnhandled: ((how: 'uncaught' | 'rejection', error: unknown) => void) | null = null;
let onPace: ((pace: Pace) => void) | null = null;
/** Set while a program that does not parse is parsed again to learn where. */
let onParseError: ((event: ErrorEvent) => void) | null = null;

addEventListener('error', (event) => {
  event.preventDefault();
  if (onParseError) onParseError(event);
  else onUnhandled?.('uncaught', (event.error as unknown) ?? event.message);
});
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  onUnhandled?.('rejection', event.reason);
});

const loop = new MessageChannel();
const post = loop.port2.postMessage.bind(loop.port2);
let wake: (() => void) | null = null;
loop.port1.onmessage = () => wake?.();

const scriptUrl = (code: string): string => native.objectUrl(new Blob([code], { type: 'text/javascript' }));

const module = (code: string): Promise<unknown> => import(/* @vite-ignore */ scriptUrl(code));

function platformFor(gateway: GatewayModule, send: (message: GuestMessage) => void): Platform {
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
    load: (code, fileName) => module(`${code}\n//# sourceURL=${fileName}`),
    locateSyntaxError,
    onUnhandled: (listener) => {
      onUnhandled = listener;
    },
  };
}

/**
 * `import()` says that a module does not parse, never where. A script that does not parse does say where, so the program
 * is parsed once more as the body of a function that nobody calls. Modules may hold what a function may not (imports,
 * exports); then the messages differ and there is no place to tell.
 */
function locateSyntaxError(code: string, error: Error): Promise<SourcePosition | null> {
  return new Promise((resolve) => {
    onParseError = ({ message, lineno, colno }) => {
      onParseError = null;
      resolve(message.includes(error.message) ? { line: Math.max(1, lineno - 1), column: Math.max(1, colno) } : null);
    };
    native.setTimeout(() => {
      native.setTimeout(() => {
        onParseError = null;
        resolve(null);
      }, 50);
      native.importScripts(scriptUrl(`"use strict";(async()=>{\n${code}\n})`));
    }, 0);
  });
}

/** Waits for the page's port and for the program. @param gateway opens the gateway that the script was built for */
export function startGuest(gateway: GatewayModule): void {
  addEventListener(
    'message',
    (event) => {
      const [port] = event.ports;
      if (!port) return;
      const send: (message: GuestMessage) => void = port.postMessage.bind(port);
      port.onmessage = ({ data }: MessageEvent<RunRequest | PaceMessage>) => {
        if (data.kind === 'pace') {
          onPace?.(data.pace);
          return;
        }
        runProgram(data, platformFor(gateway, send)).catch((error: unknown) => {
          const { name, message } = error instanceof Error ? error : new Error(String(error));
          send({ kind: 'failed', how: 'uncaught', name, message, stack: '', at: 0, position: null });
          send({ kind: 'finished', simulatedMs: 0 });
        });
      };
      send({ kind: 'ready' });
    },
    { once: true },
  );
}
