/**
 * Stands in for the packages `tough-cookie`, `cookie`, `@msw/url`, `@mswjs/interceptors`, `outvariant` and
 * `is-node-process` in the script that runs readers'
 * programs. MSW imports them, but the playground never comes near what they do: its network keeps no cookies, its
 * handlers match with a function and not with a URL pattern, and nothing in its worker is intercepted. Without this they
 * are five sixths of what MSW adds to a reader's first Run (60 of 70 kB, compressed).
 * `src/build/guest-bundle.ts` puts this file in their place; everything else uses MSW as it is.
 */

/** tough-cookie: a jar that stays empty. */
export class CookieJar {
  getCookiesSync(): [] {
    return [];
  }

  async setCookie(): Promise<void> {}
}

export class MemoryCookieStore {
  readonly idx = {};
}

export const Cookie = { fromJSON: (): null => null };

/** @msw/url */
export function matchPattern(): never {
  throw new Error('The handlers of the playground match with a function, not with a pattern.');
}

/** @mswjs/interceptors */
export const getCleanUrl = (url: URL): string => url.origin + url.pathname;

/** @mswjs/interceptors. Draws one random number, as the original does, so that a seeded run repeats under Node. */
export const createRequestId = (): string => Math.random().toString(16).slice(2);

export const FetchResponse = Response;

/** cookie: the playground's requests carry none. */
export const parseCookie = (): Record<string, string> => ({});

/** outvariant: messages of MSW's own that no reader comes to see. */
export const format = (message: string): string => message;

/** outvariant */
export function invariant(predicate: unknown, message: string): asserts predicate {
  if (!predicate) throw new Error(message);
}

/** is-node-process: what MSW does for a browser's page (a cookie jar in its storage) has no place in the worker. */
export const isNodeProcess = (): boolean => true;
