import type { CauseId, GatewayId } from './ids.ts';

/**
 * The record of one request through a gateway. Everything a reader sees (console, network table,
 * sequence diagram, gateway log, checks, exported HAR) is drawn from this and from nothing else.
 * It is plain JSON: it crosses worker boundaries, is compared byte for byte, and is stored as a test fixture.
 */
export interface Exchange {
  /** Order of the request within the run, from 1. */
  readonly id: number;
  /** Simulated time at which the client sent the request, in ms since the run began. */
  readonly startedAt: number;
  readonly request: ExchangeRequest;
  readonly gateway: { readonly id: GatewayId; readonly version: string; readonly provenance: Provenance };
  /** The fault that the schedule chose for this request; `ok` when nothing was broken. */
  readonly fault: string;
  /** The diagnosis that belongs to the fault; null when nothing failed. */
  readonly cause: CauseId | null;
  /** What happened between gateway and upstream: one entry for every attempt, in order. */
  readonly upstream: readonly UpstreamAttempt[];
  /** What traveled on the client's connection, times in ms since `startedAt`. */
  readonly wire: readonly WireEvent[];
  /** What the client could make of `wire`. */
  readonly client: ClientView;
  /** What the program was told, where it is not what arrived: a browser hides an answer that the page may not read. */
  readonly program?: ProgramView;
  /** Whose response the client got: the upstream's, passed on, or one the gateway made itself; null when none came. */
  readonly answeredBy: 'upstream' | 'gateway' | null;
  /** The gateway's own words on what happened, e.g. `upstream prematurely closed connection …`. */
  readonly verdict: string;
  readonly log: { readonly access: readonly string[]; readonly error: readonly string[] };
  /** What the application made of the request in its ledger; absent where the route has no side effect. */
  readonly ledger?: LedgerNote;
}

/** How a browser kept an answer from the program, e.g. because the answer lacks the CORS headers. */
export interface ProgramView {
  /** As the program met it, e.g. `TypeError: Failed to fetch`. */
  readonly error: string;
  /** Why, as the browser's own console says it to the developer. */
  readonly why: string;
}

/** One line of the upstream's ledger, as of this request. */
export interface LedgerNote {
  /** Such as `order placed`. */
  readonly effect: string;
  /** `performed`: it happened because of this request. `replayed`: answered from memory. `refused`: the key was misused or is in use. `none`: the request did not get that far. */
  readonly outcome: 'performed' | 'replayed' | 'refused' | 'none';
  /** The idempotency key; null without one. */
  readonly key: string | null;
  /** How often the same thing has now happened; from 2 on it is a duplicate. */
  readonly copy: number;
}

export type Header = readonly [name: string, value: string];

export interface ExchangeRequest {
  readonly method: string;
  /** Absolute URL, e.g. `https://api.example.com/orders/42`. */
  readonly url: string;
  readonly headers: readonly Header[];
  /** The request body as latin1 text (one char per byte). */
  readonly body: string;
}

/**
 * One event on a connection, as the receiving side sees it. `at` is in ms. `bytes` are latin1 text: one char per byte,
 * so that JSON keeps every byte.
 */
export type WireEvent =
  | { readonly at: number; readonly kind: 'bytes'; readonly bytes: string }
  /** Orderly end (FIN). */
  | { readonly at: number; readonly kind: 'close' }
  /** Connection reset (RST). */
  | { readonly at: number; readonly kind: 'reset' }
  /** Nothing more arrives and the connection stays open. After a complete message this is keep-alive. */
  | { readonly at: number; readonly kind: 'stall' }
  | { readonly at: number; readonly kind: 'connect-failed'; readonly reason: 'refused' | 'timeout' | 'unreachable' }
  | { readonly at: number; readonly kind: 'lookup-failed'; readonly reason: 'nxdomain' | 'servfail' | 'timeout' }
  | { readonly at: number; readonly kind: 'tls-failed'; readonly reason: string };

export interface UpstreamAttempt {
  /** `host:port` or a unix socket path, as the gateway's log names it. */
  readonly address: string;
  /** ms since the exchange's `startedAt`. */
  readonly startedAt: number;
  /** What the upstream put on the wire towards the gateway, times in ms since the exchange's `startedAt`. */
  readonly wire: readonly WireEvent[];
}

export type Provenance =
  | {
      readonly kind: 'recorded';
      /** The program as it names itself, e.g. `nginx/1.22.1`. */
      readonly program: string;
      /** ISO date of the recording. */
      readonly date: string;
      /** The settings that matter, e.g. `proxy_read_timeout 2s`. */
      readonly settings: string;
      /** The version that was asked for when it was not recorded and this one stands in. */
      readonly standsInFor?: string;
    }
  | { readonly kind: 'documented'; readonly source: string; readonly date: string };

/** The six outcomes that the whole site tells apart by color, shape and word. */
export type Outcome = '2xx' | '3xx' | '4xx' | '5xx-upstream' | '5xx-gateway' | 'no-answer';

/** The outcome of an exchange as the client met it. A cut or failed body counts as no answer: the client cannot use it. */
export function outcomeOf(exchange: Pick<Exchange, 'client' | 'answeredBy'>): Outcome {
  const { status, error } = exchange.client;
  if (status === null || error !== null) return 'no-answer';
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  if (status < 500) return '4xx';
  return exchange.answeredBy === 'upstream' ? '5xx-upstream' : '5xx-gateway';
}

/** What ended an exchange without a complete response. */
export type TransportError =
  | 'empty-reply'
  | 'reset'
  | 'timeout'
  | 'truncated'
  | 'not-http'
  | 'refused'
  | 'unreachable'
  | 'dns'
  | 'tls'
  | 'aborted';

export interface ClientView {
  /** Status code; null when the client got no status line. */
  readonly status: number | null;
  readonly reason: string | null;
  readonly headers: readonly Header[];
  /** Decoded body as latin1 text; what arrived of it when it was cut, and everything that arrived when it was no HTTP. */
  readonly body: string;
  /** True when the message ended before its own framing said so. */
  readonly truncated: boolean;
  readonly error: TransportError | null;
  /** ms from the request to the end of the response, or to the failure. */
  readonly elapsedMs: number;
}
