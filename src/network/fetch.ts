import { getResponse } from 'msw/utils/get-response';
import type { HttpHandler } from 'msw/http';
import type { Header } from '../gateway/exchange.ts';
import { failedToFetch } from './failures.ts';
import { remember } from './handlers.ts';
import { bytesAtOnce, latin1 } from './request-body.ts';
import { describe, factsOf, opaqueRedirect } from './response.ts';
import type { Judge } from './transfers.ts';

export type Fetch = typeof globalThis.fetch;

export interface FetchOptions {
  readonly handlers: readonly HttpHandler[];
  /** Relative URLs start here, e.g. `https://api.example.com`. */
  readonly origin: string;
  /** Asked before each request; false when the program may send no more. `callSite` is where it called `fetch`. */
  readonly mayRequest: (callSite: Error) => boolean;
  /** No route takes this request. */
  readonly onUnanswered: (method: string, url: string, callSite: Error) => void;
  /** What a browser enforces on a page of another origin; nothing is enforced without it. */
  readonly policy?: Policy | undefined;
}

/** Makes the rules for one call of `fetch`. @param init what the program passed besides the URL or Request */
export type Policy = (request: Request, init: FetchInit | undefined, send: Send, callSite: Error) => Rules;

/** What one call of `fetch` has to obey from the first request through all redirects. */
export interface Rules {
  /** Before each request. @returns headers that the browser adds. Rejects when the request may not be sent. */
  readonly before: (outgoing: Outgoing) => Promise<readonly Header[]>;
  /** When the head of a response to such a request has arrived. */
  readonly judge: Judge;
  /** Takes from a response what the program may not see. */
  readonly filtered: (response: Response) => Response;
}

/** `fetch`'s own options, and what `XMLHttpRequest` says besides. */
export interface FetchInit extends RequestInit {
  readonly initiator?: 'XMLHttpRequest';
  /** Somebody listens to the progress of the upload, which a server has to allow. */
  readonly preflight?: boolean;
  /** The body came out of a stream and is gone once it is sent. */
  readonly once?: boolean;
}

/** Sends one request. Rejects as `fetch` does when no response comes, or when `judge` keeps it. */
export type Send = (outgoing: Outgoing, added?: readonly Header[], judge?: Judge) => Promise<Response>;

/** As many redirects as the Fetch standard follows. */
const MAX_REDIRECTS = 20;

/** What is sent, and sent again after a redirect. `body` is latin1 text. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly once?: boolean | undefined;
}

/** A `fetch` that is answered by MSW handlers and never touches a real network. */
export function createFetch(options: FetchOptions): Fetch {
  return function fetch(input, init) {
    const callSite = new Error();
    return start(input, init, options, callSite);
  };
}

async function start(input: RequestInfo | URL, init: FetchInit | undefined, options: FetchOptions, callSite: Error) {
  const target = input instanceof Request ? input : absolute(input, options.origin);
  const request = new Request(target, init);
  // The signal that the program gave: it aborts before the signals that follow it.
  const chosen = input instanceof Request && init?.signal === undefined ? input.signal : init?.signal;
  const signal = chosen ?? request.signal;
  signal.throwIfAborted();
  const body = bytesAtOnce(init?.body ?? null) ?? (await nativeBody(request));
  const { method, url, headers } = request;
  const send: Send = (outgoing, added, judge) => exchange(outgoing, options, callSite, added, judge);
  const rules = options.policy?.(request, init, send, callSite);
  return follow({ method, url, headers, body, signal, once: init?.once }, request.redirect, send, rules, callSite);
}

/** As the platform does it, but relative to the scenario's origin. */
function absolute(input: string | URL, origin: string): string {
  try {
    return new URL(input, origin).href;
  } catch {
    throw new TypeError(`Failed to execute 'fetch' on 'Window': Failed to parse URL from ${String(input)}`);
  }
}

async function nativeBody(request: Request): Promise<string> {
  return request.body === null ? '' : latin1(new Uint8Array(await request.arrayBuffer()));
}

async function follow(
  first: Outgoing,
  mode: RequestRedirect,
  send: Send,
  rules: Rules | undefined,
  callSite: Error,
): Promise<Response> {
  let outgoing = first;
  for (let followed = 0; ; followed++) {
    const response = await send(outgoing, await rules?.before(outgoing), rules?.judge);
    const redirects = [301, 302, 303, 307, 308].includes(response.status);
    if (redirects && mode === 'manual') return opaqueRedirect(withoutHash(outgoing.url));
    const location = redirects && response.headers.get('location');
    if (!location) {
      const located = describe(response, { url: withoutHash(outgoing.url), redirected: followed > 0 });
      return rules?.filtered(located) ?? located;
    }
    const next = mode === 'follow' && followed < MAX_REDIRECTS ? redirected(outgoing, response.status, location) : null;
    if (next === null) throw failedToFetch(callSite);
    outgoing = next;
  }
}

/** One request and its answer. Rejects when there is none, and as soon as the program aborts. */
async function exchange(
  { method, url, headers, body, signal }: Outgoing,
  options: FetchOptions,
  callSite: Error,
  added: readonly Header[] = [],
  judge?: Judge,
): Promise<Response> {
  signal.throwIfAborted();
  if (!options.mayRequest(callSite)) throw failedToFetch(callSite);
  let stopWaiting: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
    stopWaiting = () => signal.removeEventListener('abort', abort);
  });
  try {
    // The handlers get the body from memory: reading it off a Request takes real time, which the virtual clock cannot see.
    const request = remember(new Request(url, { method, headers }), { body, signal, added, judge });
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
  if (!/^https?:$/.test(url.protocol) || (from.once && status !== 303)) return null;
  const headers = new Headers(from.headers);
  if (url.origin !== new URL(from.url).origin) headers.delete('authorization');
  const becomesGet =
    ((status === 301 || status === 302) && from.method === 'POST') ||
    (status === 303 && from.method !== 'GET' && from.method !== 'HEAD');
  if (!becomesGet) return { ...from, url: url.href, headers };
  for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type']) headers.delete(name);
  return { ...from, url: url.href, headers, method: 'GET', body: '', once: false };
}

const withoutHash = (url: string): string => url.replace(/#.*$/, '');
