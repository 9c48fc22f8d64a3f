/**
 * What the guest does without in MSW's own files, besides the packages that `src/network/msw-parts.ts` stands in for. The
 * playground has one handler, a plain async function with a function for its predicate, and its requests carry no cookies:
 * so no path patterns, no logs for a developer's console, no generators as resolvers, no cleanups after them.
 */

interface Cut {
  /** End of the path of MSW's file. */
  readonly file: string;
  /** Name of the function or method whose body is replaced. */
  readonly of: string;
  readonly by: string;
}

const CUTS: readonly Cut[] = [
  { file: 'cookie-store.js', of: 'getCallFrame', by: '' },
  { file: 'http-handler.js', of: 'getAllRequestCookies', by: 'return {};' },
  { file: 'http-handler.js', of: 'checkRedundantQueryParameters', by: '' },
  { file: 'http-handler.js', of: 'log', by: '' },
  { file: 'request-handler.js', of: 'reset', by: '' },
  { file: 'request-handler.js', of: 'restore', by: '' },
  { file: 'request-handler.js', of: 'test', by: '' },
  { file: 'request-handler.js', of: 'wrapResolver', by: 'return async (info) => resolver(info);' },
  { file: 'request-handler.js', of: 'scheduleCleanup', by: '' },
  { file: 'request-handler.js', of: 'exhaustCleanups', by: '' },
  { file: 'request-handler.js', of: 'takeScheduledCleanups', by: '' },
  { file: 'request-handler.js', of: 'runScheduledCleanups', by: '' },
  { file: 'request-handler.js', of: 'complete', by: '' },
  { file: 'request-handler.js', of: 'forwardResponseCookies', by: '' },
];

const TEXTS: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[] = [
  // The gateway's answers bring their reason phrases.
  { file: 'cookie-store.js', from: /(const httpStatusMessages = )\{[^}]*\}/, to: '$1{}' },
  { file: 'cookie-store.js', from: /const cookieStore = .*/, to: 'const cookieStore = null;' },
  { file: 'http-handler.js', from: /match: this\.info\.path \? matchRequestUrl\([^)]*\) : /, to: 'match: ' },
  { file: 'request-handler.js', from: /const getFinalize = \(\) => \{[\s\S]*?\n\t\t\};/, to: '' },
  { file: 'request-handler.js', from: /get finalize\(\) \{[^}]*\},/, to: '' },
];

/**
 * MSW's file without what the guest does not use; null for any other file.
 * Throws a sentence when MSW no longer holds what is to be cut, so that an update of MSW tells.
 */
export function leanMsw(code: string, id: string): string | null {
  const name = /\/msw\/lib\/_chunks\/([\w-]+\.js)$/.exec(id)?.[1];
  if (name === undefined) return null;
  let lean = code;
  const replace = (from: RegExp, to: string): void => {
    if (!from.test(lean)) throw new Error(`MSW's ${name} no longer holds ${from}; adapt src/build/lean-msw.ts to it.`);
    lean = lean.replace(from, to);
  };
  for (const { file, from, to } of TEXTS) if (file === name) replace(from, to);
  for (const { file, of, by } of CUTS) {
    if (file !== name) continue;
    // The head of a function or method, and its body up to the brace in the column of the head.
    replace(
      new RegExp(`^(\\t*)((?:async )?(?:function )?${of}\\([^)]*\\) \\{)(?:.*\\}$|[\\s\\S]*?\\n\\1\\})`, 'm'),
      `$1$2${by}}`,
    );
  }
  return lean;
}
