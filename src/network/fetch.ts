import { getResponse } from 'msw/utils/get-response';
import type { HttpHandler } from 'msw/http';
import { failedToFetch } from './failures.ts';
import { remember } from './handlers.ts';
import { bytesAtOnce, latin1, repeatable } from './request-body.ts';
import { factsOf, locate, opaqueRedirect, type Track } from './response.ts';

export type Fetch = typeof globalThis.fetch;

export interface FetchOptions {
  readonly handlers: readonly HttpHandler[];
  /** Relative URLs start here, e.g. `https://api.example.com`. */
  readonly origin: string;
  readonly track: Track;
  /** Asked before each request; false when the program may send no more. `callSite` is where it called `fetch`. */
  readonly mayRequest: (callSite: Error) => boolean;
  /** No route takes this request. */
  readonly onUnanswered: (method: string, url: string, callSite: Error) => void;
}

/** As many redirects as the Fetch standard follows. */
const MAX_REDIRECTS = 20;

/** What is sent, and sent again after a redirect. `body` is latin1 text. */
interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** A `fetch` that is answered by MSW handlers and never touches a real network. */
export function createFetch(options: FetchOptions): Fetch {
  return function fetch(input, init) {
    const callSite = new Error();
    return start(input, init, options, callSite);
  };
}

async function start(input: RequestInfo | URL, init: RequestInit | undefined, options: FetchOptions, callSite: Error) {
  const target = input instanceof Request ? input : absolute(input, options.origin);
  const given = init?.body ?? null;
  const encoded = given === null ? null : await repeatable(given, options.track);
  const request = new Request(target, encoded ? { ...init, body: encoded.body } : init);
  if (encoded?.contentType && !new Headers(init?.headers).has('content-type')) {
    request.headers.set('Content-Type', encoded.contentType);
  }
  // The signal that the program gave: it aborts before the signals that follow it.
  const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
  signal.throwIfAborted();
  const body = (encoded?.body ? bytesAtOnce(encoded.body) : null) ?? (await nativeBody(request));
  const outgoing = { method: request.method, url: request.url, headers: request.headers, body, signal };
  return follow(outgoing, request.redirect, options, callSite);
}

/** As the platform does it, but relative to the scenario's origin. */
function absolute(input: string | URL, origin: string): string {
  try {
    return new URL(input, origin).href;
  } catch {
    throw new TypeError(`Failed to execute 'fetch': Failed to parse URL from ${String(input)}`);
  }
}

async function nativeBody(request: Request): Promise<string> {
  return request.body === null ? '' : latin1(new Uint8Array(await request.arrayBuffer()));
}

async function follow(
  first: Outgoing,
  mode: RequestRedirect,
  options: FetchOptions,
  callSite: Error,
): Promise<Response> {
  let outgoing = first;
  for (let redirects = 0; ; redirects++) {
    const response = await exchange(outgoing, options, callSite);
    const location = [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : null;
    if (location === null) return locate(response, withoutHash(outgoing.url), redirects > 0);
    if (mode === 'manual') return opaqueRedirect(outgoing.url);
    const next =
      mode === 'follow' && redirects < MAX_REDIRECTS ? redirected(outgoing, response.status, location) : null;
    if (next === null) throw failedToFetch(callSite);
    outgoing = next;
  }
}

/** One request and its answer. Rejects when there is none, and as soon as the program aborts. */
async function exchange(outgoing: Outgoing, options: FetchOptions, callSite: Error): Promise<Response> {
  const { method, url, headers, body, signal } = outgoing;
  if (!options.mayRequest(callSite)) throw failedToFetch(callSite);
  let stopWaiting: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
    stopWaiting = () => signal.removeEventListener('abort', abort);
  });
  try {
    // The handlers get the body from memory: reading it off a Request takes real time, which the virtual clock cannot see.
    const request = remember(new Request(url, { method, headers }), { body, signal });
    const response = await Promise.race([getResponse([...options.handlers], request), aborted]);
    if (response && factsOf(response)) return response;
    if (!response) options.onUnanswered(method, withoutHash(url), callSite);
    throw failedToFetch(callSite);
  } finally {
    stopWaiting?.();
  }
}

/** The request that follows a redirect, as the Fetch standard makes it; null when it cannot be followed. */
function redirected(from: Outgoing, status: number, location: string): Outgoing | null {
  if (!URL.canParse(location, from.url)) return null;
  const url = new URL(location, from.url);
  if (!/^https?:$/.test(url.protocol)) return null;
  const headers = new Headers(from.headers);
  if (url.origin !== new URL(from.url).origin) headers.delete('authorization');
  const becomesGet =
    ((status === 301 || status === 302) && from.method === 'POST') ||
    (status === 303 && from.method !== 'GET' && from.method !== 'HEAD');
  if (!becomesGet) return { ...from, url: url.href, headers };
  for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type']) headers.delete(name);
  return { ...from, url: url.href, headers, method: 'GET', body: '' };
}

const withoutHash = (url: string): string => url.replace(/#.*$/, '');
