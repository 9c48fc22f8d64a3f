/** What the tests need of a browser, whatever drives it. */
export interface TestBrowser {
  /** Name and version, e.g. `Firefox 153.0`. */
  readonly name: string;
  /** The one page, open all the time. */
  readonly page: TestPage;
  readonly close: () => Promise<void>;
}

/** A function that runs in the page. It is sent as text: it may use its parameters and what the page has, nothing else. */
export type InPage<Args extends readonly Json[], Result> = (...args: Args) => Result | Promise<Result>;

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface TestPage {
  readonly goto: (url: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly evaluate: <Args extends readonly Json[], Result>(
    run: InPage<Args, Result>,
    ...args: Args
  ) => Promise<Result>;
  /** Clicks with the browser's own pointer on the element that `find` returns. Throws when there is none. */
  readonly click: <Args extends readonly Json[]>(find: InPage<Args, Element | null>, ...args: Args) => Promise<void>;
  /** Presses one key with the browser's own keyboard, e.g. `Enter`, or `Control` held with another: `Control+a`. */
  readonly press: (key: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** PNG of what is on the screen. */
  readonly screenshot: () => Promise<Uint8Array>;
}

/** This machine lacks the browser, or cannot start it; the message says what to do. */
export class BrowserMissing extends Error {}

/** Waits until `read` gives what `wanted` accepts; throws with the last value after half a minute. */
export async function until<Value>(
  what: string,
  read: () => Promise<Value>,
  wanted: (value: Value) => boolean,
): Promise<Value> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`Waited in vain until ${what}. Last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
