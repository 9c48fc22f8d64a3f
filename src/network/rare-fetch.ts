import { BodyQueue, byteStream } from './body-queue.ts';
import { failedToFetch } from './failures.ts';
import type { Fetch, FetchInit } from './fetch.ts';
import { multipart } from './multipart.ts';
import { followObjectUrls, inlineData, type Inline } from './inline-urls.ts';
import type { PartTools } from './network.ts';
import { installPage } from './page-address.ts';

/**
 * What few programs do with `fetch`: addresses that hold their own data, bodies that are a form or come out of a stream,
 * `keepalive`, integrity.
 * Puts also the page's address where programs look for it. A part of its own, for programs that speak of such things.
 */
export function extendFetch(fetch: Fetch, tools: PartTools): Fetch {
  const streaming = installPage(tools.page);
  followBlobStreams();
  return new RareFetch(fetch, tools, streaming).fetch;
}

/** The most that requests with `keepalive` may carry together. */
const KEEPALIVE_BYTES = 65_536;

class RareFetch {
  readonly #fetch: Fetch;
  readonly #tools: PartTools;
  /** Requests whose body is a stream of the program's. */
  readonly #streaming: WeakSet<Request>;
  readonly #blobs = followObjectUrls();
  #alive = 0;
  readonly #warned = new Set<string>();

  constructor(fetch: Fetch, tools: PartTools, streaming: WeakSet<Request>) {
    this.#fetch = fetch;
    this.#tools = tools;
    this.#streaming = streaming;
  }

  readonly fetch: Fetch = (input, init) => {
    const given = input instanceof Request ? input : null;
    const url = input instanceof Request ? input.url : input instanceof URL ? input.href : input;
    if (/^(?:data|blob):/i.test(url)) return this.#inline(url, new Request(input, init), new Error());
    if (init?.body instanceof ReadableStream || (given && !init?.body && this.#streaming.has(given))) {
      return this.#streamed(input, init, new Error());
    }
    if (init?.body instanceof FormData) return this.#form(input, init, init.body);
    if (init?.integrity ?? given?.integrity) {
      this.#warnOnce('The playground does not check the integrity of a response.', new Error());
    }
    if (init?.keepalive ?? given?.keepalive) return this.#keptAlive(input, init, new Error());
    return this.#fetch(input, init);
  };

  async #form(input: RequestInfo | URL, init: RequestInit, form: FormData): Promise<Response> {
    const { body, contentType } = await multipart(form, this.#tools.track);
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    if (!headers.has('content-type')) headers.set('content-type', contentType);
    return this.fetch(input, { ...init, headers, body });
  }

  async #inline(url: string, request: Request, callSite: Error): Promise<Response> {
    request.signal.throwIfAborted();
    const found: Inline | null = url.startsWith('blob:') ? await this.#blob(url, request) : inlineData(url);
    if (!found) throw failedToFetch(callSite);
    const body = new BodyQueue(() => undefined);
    if (found.bytes.length > 0) body.push(found.bytes);
    body.close();
    const { headers } = found;
    const stream = request.method === 'HEAD' ? null : body.stream;
    const response = this.#tools.wireResponse({ version: 'HTTP/1.1', status: 200, reason: 'OK', headers }, stream);
    return this.#tools.describe(response, { url: url.replace(/#.*$/, '') });
  }

  async #blob(url: string, { method }: Request): Promise<Inline | null> {
    const blob = this.#blobs.get(url.replace(/#.*$/, ''));
    if (!blob || method !== 'GET') return null;
    const bytes = new Uint8Array(await this.#tools.track(blob.arrayBuffer()));
    return {
      bytes,
      headers: [
        ['Content-Length', String(bytes.length)],
        ['Content-Type', blob.type],
      ],
    };
  }

  async #streamed(input: RequestInfo | URL, init: RequestInit | undefined, callSite: Error): Promise<Response> {
    const request = new Request(input, init);
    const { url, method, headers, redirect, mode, credentials } = request;
    const signal = init?.signal ?? request.signal;
    const sentence =
      'A browser sends a body out of a stream only over HTTP/2 or HTTP/3: Chromium, and nobody over HTTP/1.1. The playground collects the stream and sends it.';
    this.#warnOnce(sentence, callSite);
    const body = await collected(request.body, signal).catch((error: unknown) => {
      throw signal.aborted ? (signal.reason as Error) : error instanceof Error ? failedToFetch(callSite) : error;
    });
    const once: FetchInit = { method, headers, redirect, mode, credentials, signal, body, once: true };
    return this.#fetch(url, once);
  }

  async #keptAlive(input: RequestInfo | URL, init: RequestInit | undefined, callSite: Error): Promise<Response> {
    const size = await this.#sizeOf(init?.body ?? null, input);
    if (this.#alive + size > KEEPALIVE_BYTES) {
      const sentence = `Requests with keepalive may carry ${KEEPALIVE_BYTES} bytes together; this one has ${size}.`;
      this.#tools.warn(sentence, callSite);
      throw failedToFetch(callSite);
    }
    this.#alive += size;
    return this.#fetch(input, init).finally(() => {
      this.#alive -= size;
    });
  }

  async #sizeOf(body: BodyInit | null, input: RequestInfo | URL): Promise<number> {
    if (body instanceof Blob) return body.size;
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
    if (typeof body === 'string' || body instanceof URLSearchParams)
      return new TextEncoder().encode(String(body)).length;
    const { track } = this.#tools;
    if (body !== null) return (await track(new Response(body).arrayBuffer())).byteLength;
    return input instanceof Request ? (await track(input.clone().arrayBuffer())).byteLength : 0;
  }

  #warnOnce(sentence: string, callSite: Error): void {
    if (this.#warned.has(sentence)) return;
    this.#warned.add(sentence);
    this.#tools.warn(sentence, callSite);
  }
}

/** A Blob's own stream takes real time, which the virtual clock cannot see; its other readers are followed already. */
function followBlobStreams(): void {
  Blob.prototype.stream = function stream(this: Blob) {
    return byteStream({
      type: 'bytes',
      pull: async (controller) => {
        const bytes = new Uint8Array(await this.arrayBuffer());
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
        controller.byobRequest?.respond(0);
      },
    });
  };
}

/** Everything that the stream gives. Nothing of the platform is waited for, because the stream may wait for simulated time. */
async function collected(
  stream: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  signal.throwIfAborted();
  const reader = stream?.getReader();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  let all = new Uint8Array();
  while (reader) {
    const { done, value } = await Promise.race([reader.read(), aborted]);
    if (done) break;
    if (!((value as unknown) instanceof Uint8Array)) throw new TypeError('The stream gave something else than bytes.');
    const longer = new Uint8Array(all.length + value.length);
    longer.set(all);
    longer.set(value, all.length);
    all = longer;
  }
  return all;
}
