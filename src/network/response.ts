import type { ResponseHead } from '../gateway/http-message.ts';
import { failedToFetch, isNetworkError } from './failures.ts';

/** What a `Response` that came over the simulated network says of itself, where the platform's own object cannot. */
export interface ResponseFacts {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly type: ResponseType;
  /** Holds the body. Another one than the Response itself after a `clone()`. */
  holder: Response;
}

const facts = new WeakMap<Response, ResponseFacts>();

/** What is known of a response from the simulated network; undefined for one that the program made itself. */
export const factsOf = (response: Response): ResponseFacts | undefined => facts.get(response);

/** Cookies are off, and a program in a browser never sees these anyway. */
const HIDDEN = new Set(['set-cookie', 'set-cookie2']);

const BODILESS = new Set([101, 103, 204, 205, 304]);

/** A response head that came over the wire as a `Response` whose body streams. */
export function wireResponse(head: ResponseHead, stream: ReadableStream<Uint8Array<ArrayBuffer>> | null): Response {
  const headers = new Headers();
  for (const [name, value] of head.headers) {
    if (!HIDDEN.has(name.toLowerCase())) append(headers, name, value);
  }
  // The constructor refuses statuses such as 999 that a browser hands out; `facts` carries those.
  const status = head.status >= 200 && head.status <= 599 ? head.status : 200;
  const response = sealed(new Response(BODILESS.has(head.status) ? null : stream, { status, headers }));
  const statusText = head.reason ?? '';
  facts.set(response, { status: head.status, statusText, url: '', redirected: false, type: 'basic', holder: response });
  return response;
}

/** Makes a response's headers read-only, as those of every response from the network. */
function sealed(response: Response): Response {
  for (const name of ['append', 'set', 'delete']) {
    define(response.headers, name, () => {
      throw new TypeError(`Failed to execute '${name}' on 'Headers': Headers are immutable`);
    });
  }
  return response;
}

/** Broken gateways send broken header names; a browser drops the line. */
function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch {
    // Not a header name or value: nothing a program could ask for.
  }
}

/** Replaces what is known of a response: what a program sees of it when it came from another origin. */
export function describe(response: Response, seen: Partial<ResponseFacts>): Response {
  const known = facts.get(response);
  if (known) facts.set(response, { ...known, ...seen });
  return response;
}

/** What `fetch` gives for a redirect with `redirect: 'manual'`: something one can only hand on. */
export function opaqueRedirect(url: string): Response {
  const response = new Response(null);
  facts.set(response, { status: 0, statusText: '', url, redirected: false, type: 'opaqueredirect', holder: response });
  return response;
}

/** Waits for work of the platform that the virtual clock cannot see, such as reading a Blob. */
export type Track = <T>(work: Promise<T>) => Promise<T>;

/**
 * Teaches the platform's `Response` about responses from the simulated network. Their bodies are read with nothing but
 * microtasks, so that the virtual clock never has to guess whether a read is still going on; everything else that reads
 * a body natively is reported to `track`.
 */
export function installResponses(track: Track): void {
  const prototype = Response.prototype;
  for (const name of ['status', 'statusText', 'url', 'redirected', 'type'] as const) {
    override(prototype, name, (known) => known[name]);
  }
  override(prototype, 'ok', ({ status }) => status >= 200 && status <= 299);
  override(prototype, 'body', ({ holder }, native) => native.call(holder));
  override(prototype, 'bodyUsed', ({ holder }, native) => native.call(holder));

  const native = {
    ...nativeReaders(prototype),
    clone: Reflect.get(prototype, 'clone'),
  };
  const readers: Readers = {
    arrayBuffer: async (response) => (await bytesOf(response, 'arrayBuffer')).buffer,
    bytes: (response) => bytesOf(response, 'bytes'),
    text: (response) => textOf(response, 'text'),
    json: async (response) => JSON.parse(await textOf(response, 'json')) as unknown,
    blob: async (response) =>
      new Blob([await bytesOf(response, 'blob')], { type: response.headers.get('content-type') ?? '' }),
    formData: async (response) => {
      const bytes = await bytesOf(response, 'formData');
      return track(native.formData.call(new Response(bytes, { headers: response.headers })) as Promise<FormData>);
    },
  };
  for (const [name, read] of Object.entries<(response: Response) => Promise<unknown>>({ ...readers })) {
    define(prototype, name, function (this: Response) {
      return facts.has(this) ? read(this) : track(native[name as keyof Readers].call(this) as Promise<unknown>);
    });
  }
  define(prototype, 'clone', function (this: Response) {
    return cloneOf(this) ?? native.clone.call(this);
  });
  for (const other of [Request.prototype, Blob.prototype]) {
    for (const [name, read] of Object.entries(nativeReaders(other))) {
      define(other, name, function (this: Body) {
        return track(read.call(this) as Promise<unknown>);
      });
    }
  }
}

interface Readers {
  arrayBuffer(response: Response): Promise<ArrayBuffer>;
  bytes(response: Response): Promise<Uint8Array>;
  text(response: Response): Promise<string>;
  json(response: Response): Promise<unknown>;
  blob(response: Response): Promise<Blob>;
  formData(response: Response): Promise<FormData>;
}

type Native = (this: unknown) => unknown;

function nativeReaders(prototype: object): Record<keyof Readers, Native> {
  const names = ['arrayBuffer', 'bytes', 'text', 'json', 'blob', 'formData'] as const;
  const found = names.filter((name) => name in prototype).map((name) => [name, Reflect.get(prototype, name) as Native]);
  return Object.fromEntries(found) as Record<keyof Readers, Native>;
}

async function bytesOf(response: Response, method: string): Promise<Uint8Array<ArrayBuffer>> {
  if (response.bodyUsed) throw new TypeError(`Failed to execute '${method}' on 'Response': body stream already read`);
  const { body } = response;
  if (body === null) return new Uint8Array();
  if (body.locked) throw new TypeError(`Failed to execute '${method}' on 'Response': body stream is locked`);
  const callSite = new Error();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(chunks);
      chunks.push(value);
    }
  } catch (error) {
    // Chromium's words differ for who reads the stream piece by piece and who asks for all of it.
    throw isNetworkError(error) ? failedToFetch(callSite) : error;
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let position = 0;
  for (const chunk of chunks) {
    all.set(chunk, position);
    position += chunk.length;
  }
  return all;
}

const textOf = async (response: Response, method: string): Promise<string> =>
  new TextDecoder().decode(await bytesOf(response, method));

function cloneOf(response: Response): Response | null {
  const known = facts.get(response);
  if (!known) return null;
  if (response.bodyUsed || response.body?.locked) {
    throw new TypeError("Failed to execute 'clone' on 'Response': Response body is already used");
  }
  const { headers, body } = response;
  const [mine, theirs] = body ? body.tee() : [null, null];
  known.holder = new Response(mine);
  const clone = sealed(new Response(theirs, { headers }));
  facts.set(clone, { ...known, holder: clone });
  return clone;
}

function override<K extends keyof Response>(
  prototype: Response,
  name: K,
  read: (known: ResponseFacts, native: (this: Response) => Response[K]) => Response[K],
): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const native = Reflect.get(descriptor ?? {}, 'get') as (this: Response) => Response[K];
  Object.defineProperty(prototype, name, {
    ...descriptor,
    get(this: Response) {
      const known = facts.get(this);
      return known ? read(known, native) : native.call(this);
    },
  });
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { configurable: true, writable: true, enumerable: true, value });
}
