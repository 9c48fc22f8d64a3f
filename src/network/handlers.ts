import './no-storage.ts';
import { http, type HttpHandler } from 'msw/http';
import type { ExchangeRequest, Header } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import type { Judge, Transfers } from './transfers.ts';

/** What the simulated client calls itself in the gateway's access log. The same everywhere, so that logs repeat. */
export const USER_AGENT = 'Mozilla/5.0 (gateway-lab)';

/** A request whose body and signal are known, because the fetch shim made it. Saves reading the body a second time. */
export interface KnownRequest {
  /** Latin1 text. */
  readonly body: string;
  readonly signal: AbortSignal;
  /** What a browser adds to the program's headers; a program cannot set these itself. */
  readonly added?: readonly Header[];
  readonly judge?: Judge | undefined;
}
const known = new WeakMap<Request, KnownRequest>();

/** Tells the handlers what `request` carries. */
export const remember = (request: Request, what: KnownRequest): Request => {
  known.set(request, what);
  return request;
};

/**
 * A scenario as MSW handlers: every request that one of its routes takes is answered by the simulated gateway, as late
 * as the clock of `transfers` says. Other requests are left alone.
 */
export function handlersFor(gateway: Gateway, transfers: Transfers): HttpHandler[] {
  return [
    http.all(
      ({ request }) => gateway.match({ method: request.method, url: request.url }) !== null,
      async ({ request }) => {
        const { body, signal, added, judge }: KnownRequest = known.get(request) ?? {
          body: await bodyOf(request),
          signal: request.signal,
        };
        return (await transfers.send(exchangeRequest(request, body, added), signal, judge)) ?? Response.error();
      },
    ),
  ];
}

/** The request as HTTP/1.1 would carry it, with the headers that a client adds by itself. */
function exchangeRequest(request: Request, body: string, added: readonly Header[] = []): ExchangeRequest {
  const url = new URL(request.url);
  url.hash = '';
  const own: Header[] = [];
  request.headers.forEach((value, name) => own.push([titled(name), value]));
  const has = (name: string): boolean => request.headers.has(name);
  const headers: Header[] = [['Host', url.host]];
  if (!has('user-agent')) headers.push(['User-Agent', USER_AGENT]);
  if (!has('accept')) headers.push(['Accept', '*/*']);
  if (!has('content-length') && (body !== '' || /^(POST|PUT)$/.test(request.method))) {
    headers.push(['Content-Length', String(body.length)]);
  }
  return { method: request.method, url: url.href, headers: [...headers, ...own, ...added], body };
}

/** `idempotency-key` as `Idempotency-Key`. */
const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());

async function bodyOf(request: Request): Promise<string> {
  if (request.body === null) return '';
  let latin1 = '';
  for (const byte of new Uint8Array(await request.arrayBuffer())) latin1 += String.fromCharCode(byte);
  return latin1;
}
