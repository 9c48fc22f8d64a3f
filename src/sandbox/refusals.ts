import { seededRandom } from '../gateway/random.ts';
import { USER_AGENT } from '../network/handlers.ts';
import { replaceGlobal } from './time.ts';

/**
 * Ways out of the sandbox and into the reader's browser. The wall is the frame's opaque origin and its content security
 * policy; this only gives a program that tries them a sentence instead of a riddle.
 */
const CALLABLE = [
  'BroadcastChannel',
  'EventSource',
  'Notification',
  'RTCPeerConnection',
  'SharedWorker',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'Worker',
  'cancelAnimationFrame',
  'close',
  'eval',
  'importScripts',
  'postMessage',
  'requestAnimationFrame',
  'setImmediate',
  'clearImmediate',
];
const OBJECTS = ['caches', 'cookieStore', 'indexedDB', 'localStorage', 'scheduler', 'sessionStorage'];
const OF_NAVIGATOR = [
  'sendBeacon',
  'serviceWorker',
  'storage',
  'locks',
  'permissions',
  'mediaDevices',
  'usb',
  'hid',
  'serial',
  'gpu',
];

/** Puts a sentence in the place of everything that the sandbox refuses. */
export function installRefusals(): void {
  for (const name of CALLABLE) if (name in globalThis) replaceGlobal(name, refusing(name));
  for (const name of OBJECTS) {
    // The getter of the prototype too: WebKit opens caches even for an opaque origin.
    for (let owner: object | null = globalThis; owner; owner = Reflect.getPrototypeOf(owner))
      if (owner === globalThis ? name in owner : Object.hasOwn(owner, name)) refuseProperty(owner, name, name);
  }
  if ((crypto as Partial<Crypto>).subtle === undefined) {
    refuseProperty(crypto, 'subtle', 'crypto.subtle, which the code does not name,');
  }
  const known = (globalThis as { navigator?: object }).navigator;
  const navigator = known ?? {};
  if (!known) replaceGlobal('navigator', navigator);
  for (const name of OF_NAVIGATOR) if (name in navigator) refuseProperty(navigator, name, `navigator.${name}`);
  // The simulated network is there whatever the reader's own does, and every browser runs the same program.
  for (const [name, value] of Object.entries({ onLine: true, userAgent: USER_AGENT, language: 'en-US' })) {
    Object.defineProperty(navigator, name, { configurable: true, enumerable: true, value });
  }
}

const sentence = (name: string): string => `${name} is not available in this playground.`;

function refusing(name: string): () => never {
  function refuse(): never {
    throw new Error(sentence(name));
  }
  Object.defineProperty(refuse, 'name', { value: name });
  return refuse;
}

function refuseProperty(target: object, name: string, shownName: string): void {
  Object.defineProperty(target, name, { configurable: true, enumerable: false, get: refusing(shownName) });
}

/**
 * Makes chance repeat: `Math.random`, `crypto.getRandomValues` and `crypto.randomUUID` give the same numbers in every run
 * with the same seed, so that jitter and idempotency keys do.
 */
export function installSeededChance(seed: number): void {
  // Not the scenario's own stream, or the program's draws would decide which requests fail.
  const random = seededRandom(seed + 1_000_003);
  Math.random = random;
  const bytes = <T extends ArrayBufferView>(view: T): T => {
    const target = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let index = 0; index < target.length; index++) target[index] = Math.floor(random() * 256);
    return view;
  };
  const uuid = (): string => {
    const values = bytes(new Uint8Array(16));
    values[6] = ((values[6] ?? 0) & 0x0f) | 0x40;
    values[8] = ((values[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...values].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  Object.defineProperty(crypto, 'getRandomValues', { configurable: true, writable: true, value: bytes });
  Object.defineProperty(crypto, 'randomUUID', { configurable: true, writable: true, value: uuid });
}
