/**
 * How strict the editor is with a program, and in which words it says what TypeScript found. Pure: the same rules check
 * the site's own samples in a test.
 */

/** The file that declares what a program can name, see src/build/guest-types.ts. */
export const GLOBALS_FILE = 'file:///playground/globals.d.ts';

/** ESNext, with top-level await in every file. The numbers are TypeScript's. */
const COMMON = {
  target: 99,
  module: 99,
  moduleResolution: 2,
  moduleDetection: 3,
  lib: ['lib.esnext.d.ts'],
  types: [],
  allowNonTsExtensions: true,
  noEmit: true,
  esModuleInterop: true,
  skipLibCheck: true,
};

/** Options of TypeScript's compiler for each language of a playground. */
export const compilerOptions = {
  javascript: { ...COMMON, allowJs: true, checkJs: true, strict: false },
  typescript: { ...COMMON, strict: true, useUnknownInCatchVariables: false },
} as const;

export type EditorLanguage = keyof typeof compilerOptions;

/** Names that the sandbox refuses, see src/sandbox/refusals.ts, or that it lacks because it is a worker. */
const REFUSED = new Set(
  `BroadcastChannel EventSource Notification RTCPeerConnection SharedWorker WebSocket WebTransport Worker caches close
  cookieStore eval importScripts indexedDB localStorage postMessage requestAnimationFrame scheduler sessionStorage
  setImmediate`.split(/\s+/),
);
const OF_A_PAGE = new Set(['alert', 'confirm', 'document', 'history', 'location', 'prompt', 'window']);
const OF_NODE = new Set(['Buffer', '__dirname', '__filename', 'global', 'module', 'process', 'require']);

/** Codes for `Cannot find name`, with and without advice for people who have a project around the file. */
const NO_SUCH_NAME = new Set([2304, 2318, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593]);
const NO_SUCH_MODULE = new Set([2307, 2792, 7016]);

/** What JavaScript allows and people do, though it has no type: a field put on an error, a value of no known shape. */
const LOOSE_TYPE = /^Property '[^']*' does not exist on type '(?:\w*Error|\{\}|never|object|unknown)'/;

/**
 * Nor does JavaScript mind a list of mixed values, such as `[['orders', 5]]`, whose parts TypeScript takes for either kind:
 * what is found of a value that may be several things may be wrong.
 */
const MIXED_TYPE = /^(?:Argument of type|Type) '[^']* \| |^Property '[^']*' does not exist on type '[^']* \| /;
/** Arithmetic with what is no number (a date, a digit in a text), and calling what may be no function. */
const MIXED_USE = new Set([2349, 2362, 2363]);

/** A finding of TypeScript, its message flattened. */
export interface Finding {
  readonly code: number;
  readonly message: string;
}

/** The sentence that the reader gets for a finding; null when it would not help. */
export function sentenceFor({ code, message }: Finding, language: EditorLanguage): string | null {
  const quoted = /'([^']+)'/.exec(message)?.[1] ?? '';
  if (NO_SUCH_NAME.has(code)) return missingName(quoted) ?? message.replace(/ (?:Do you need|Try) .*$/s, '');
  if (NO_SUCH_MODULE.has(code)) {
    return `There is no "${quoted}" here. A program in this playground can import ky, p-retry and axios.`;
  }
  if (language !== 'javascript') return message;
  const loose = LOOSE_TYPE.test(message) || MIXED_TYPE.test(message) || MIXED_USE.has(code);
  return loose || (code >= 7000 && code < 8000) ? null : message;
}

function missingName(name: string): string | null {
  if (REFUSED.has(name)) return `${name} is not available in this playground.`;
  if (OF_A_PAGE.has(name)) return `There is no ${name} here: the program runs in a worker, which has no page.`;
  if (OF_NODE.has(name)) return `There is no ${name} here: that is Node's, and the program runs in the browser.`;
  return null;
}
