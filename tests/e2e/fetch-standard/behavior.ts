/** What a behavior's program has at hand, in the real browser and in the sandbox alike. */
export interface Tools {
  /** Addresses of the API (another origin), of the page itself, and of a third origin, for a path. */
  readonly api: (path: string) => string;
  readonly shop: (path: string) => string;
  readonly files: (path: string) => string;
  /** What the work gives, or the error that it ends with as `Name: message`. */
  readonly said: (work: () => unknown) => Promise<unknown>;
  /** Status, text, type, address and whether it was redirected. */
  readonly facts: (response: Response) => unknown;
  readonly wait: (ms: number) => Promise<void>;
  /** An XMLHttpRequest and the names of its events as they come, those of its upload with a prefix. */
  readonly xhr: (watchUpload?: boolean) => { xhr: XMLHttpRequest; events: string[]; over: Promise<void> };
}

/** A behavior of fetch that the Web Platform Tests assert too, as a program of our own. */
export interface Behavior {
  readonly name: string;
  /** The file of web-platform-tests/wpt that is about the same. */
  readonly wpt: string;
  /** What is sent depends on who is quicker, so it is not compared. */
  readonly races?: boolean;
  /** Runs as text on both sides: it may use nothing but `tools` and the platform. Gives plain data. */
  readonly run: (tools: Tools) => unknown;
}

/** Makes the tools. It runs as text too. @param id tells the behaviors' requests apart, in caches above all */
export function makeTools(origins: Readonly<Record<'api' | 'shop' | 'files', string>>, id: number): Tools {
  const at =
    (origin: string) =>
    (path: string): string =>
      `${origin}${path}?b=${id}`;
  return {
    api: at(origins.api),
    shop: at(origins.shop),
    files: at(origins.files),
    said: async (work) => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Error || error instanceof DOMException)) return `threw ${String(error)}`;
        // Who says it differs: a page's fetch, a worker's, or a Request that the shim makes.
        const who = /^Failed to (?:execute 'fetch' on '\w+'|construct 'Request'): /;
        return `${error.name}: ${error.message.replace(who, '')}`;
      }
    },
    facts: ({ status, statusText, type, url, redirected }) => [status, statusText, type, url, redirected],
    wait: (ms) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms);
      }),
    xhr: (watchUpload = false) => {
      const xhr = new XMLHttpRequest();
      const events: string[] = [];
      const note = (prefix: string) => (event: Event) => {
        const { loaded, total } = event as ProgressEvent;
        const state = event.type === 'readystatechange' ? xhr.readyState : `${loaded}/${total}`;
        events.push(`${prefix}${event.type} ${state}`);
      };
      for (const name of [
        'readystatechange',
        'loadstart',
        'progress',
        'load',
        'error',
        'abort',
        'timeout',
        'loadend',
      ]) {
        xhr.addEventListener(name, note(''));
        if (watchUpload && name !== 'readystatechange') xhr.upload.addEventListener(name, note('upload '));
      }
      const over = new Promise<void>((resolve) => {
        xhr.addEventListener('loadend', () => resolve());
      });
      return { xhr, events, over };
    },
  };
}

/** One program that runs all behaviors in turn and tells each result through `tell`, a global function of both sides. */
export function programOf(behaviors: readonly Behavior[], origins: Parameters<typeof makeTools>[0]): string {
  const runs = behaviors.map(({ run }) => `(${run.toString()})`).join(',\n');
  return `const makeTools = ${makeTools.toString()};
const runs = [${runs}];
for (const [id, run] of runs.entries()) {
  await tell('begins', id, null);
  const tools = makeTools(${JSON.stringify(origins)}, id);
  const value = await tools.said(() => run(tools));
  await tell('ends', id, value === undefined ? null : value);
}`;
}
