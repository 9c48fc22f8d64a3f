/**
 * What the guest does without in MSW's own files, besides the packages that `src/network/msw-parts.ts` stands in for. The
 * playground has one handler, a plain async function with a function for its predicate, and its requests carry no cookies:
 * so no path patterns, no logs for a developer's console, no generators as resolvers, no cleanups after them.
 */

interface Lean {
  /** Functions and methods, and what stands in the place of their bodies. */
  readonly bodies: Readonly<Record<string, string>>;
  /** Methods that nobody calls. */
  readonly gone: readonly string[];
  readonly texts: readonly (readonly [from: RegExp, to: string])[];
}

/** By the name of MSW's file. */
const LEAN: Readonly<Record<string, Lean>> = {
  'cookie-store.js': {
    bodies: { getCallFrame: '' },
    gone: ['reset', 'restore', 'dispose'],
    texts: [
      // The gateway's answers bring their reason phrases.
      [/(const httpStatusMessages = )\{[^}]*\}/, '$1{}'],
      [/const cookieStore = .*/, 'const cookieStore = null;'],
    ],
  },
  'http-handler.js': {
    bodies: { getAllRequestCookies: 'return {};' },
    gone: ['checkRedundantQueryParameters', 'log'],
    texts: [
      [/this\.checkRedundantQueryParameters\(\);/, ''],
      [/match: this\.info\.path \? matchRequestUrl\([^)]*\) : /, 'match: '],
      [/const url = new URL\(args\.request\.url\);/, ''],
    ],
  },
  'request-handler.js': {
    bodies: { wrapResolver: 'return async (info) => resolver(info);', forwardResponseCookies: '' },
    gone: [
      'reset',
      'restore',
      'test',
      'parse',
      'extendResolverArgs',
      'scheduleCleanup',
      'exhaustCleanups',
      'takeScheduledCleanups',
      'runScheduledCleanups',
      'complete',
    ],
    texts: [
      [/\tresolverIterator;\n\tresolverIteratorResult;\n\tresolverIteratorCleanups;\n/, ''],
      [/\tscheduledCleanups;\n/, ''],
      [/this\.scheduledCleanups = .*/, ''],
      [/const getFinalize = \(\) => \{[\s\S]*?\n\t\t\};/, ''],
      [/get finalize\(\) \{[^}]*\},/, ''],
      [/const listenerController = new AbortController\(\);\n\t\t\/\*\*/, '/**'],
      [/\.finally\(\(\) => \{\s*listenerController\.abort\(\);\s*\}\)/, ''],
    ],
  },
};

/**
 * MSW's file without what the guest does not use; null for any other file.
 * Throws a sentence when MSW no longer holds what is to be cut, so that an update of MSW tells.
 */
export function leanMsw(code: string, id: string): string | null {
  const name = /\/msw\/lib\/_chunks\/([\w-]+\.js)$/.exec(id)?.[1] ?? '';
  const lean = LEAN[name];
  if (!lean) return null;
  let left = code;
  const replace = (from: RegExp, to: string): void => {
    if (!from.test(left)) throw new Error(`MSW's ${name} no longer holds ${from}; adapt src/build/lean-msw.ts to it.`);
    left = left.replace(from, to);
  };
  for (const [from, to] of lean.texts) replace(from, to);
  for (const of of lean.gone) replace(wholeOf(of), '');
  for (const [of, body] of Object.entries(lean.bodies)) replace(wholeOf(of), `$1$2${body}}`);
  return left;
}

/** A function or method: its head, and its body up to the brace in the column of the head. */
const wholeOf = (name: string): RegExp =>
  new RegExp(`^(\\t*)((?:async )?(?:function )?${name}\\([^)]*\\) \\{)(?:.*\\}$|[\\s\\S]*?\\n\\1\\})`, 'm');
