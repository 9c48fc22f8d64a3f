import type { Header, WireEvent } from './exchange.ts';
import type { CauseId } from './ids.ts';
import type { Timeouts } from './recording.ts';

/**
 * A fault: one precise way in which an upstream misbehaves. The same entry drives the simulator (what the upstream put
 * on the wire), the recorder (which plays it to a real gateway over a real socket) and the page (what to learn from it).
 */
export interface Fault {
  readonly id: string;
  readonly group: FaultGroup;
  /** The diagnosis a person should end at; null for a healthy upstream. */
  readonly cause: CauseId | null;
  /** What the upstream does, e.g. `reads the whole request, then closes without a byte`. */
  readonly summary: string;
  /** What a reader should learn from it, one or two sentences. */
  readonly lesson: string;
  readonly request?: FaultRequest;
  /** The upstream servers behind the route, mostly one. */
  readonly servers: readonly ServerScript[];
  /** The upstream sends a whole response head, which gateways pass on. Left out: true when every server is `http`. */
  readonly passesResponse?: boolean;
  /** The gateway timer that decides when this fault ends, if one does. */
  readonly timer?: keyof Timeouts;
  /** Requests that the recorder sends first, so that the gateway has marked its servers down, or keeps a connection. */
  readonly prime?: number;
}

export type FaultGroup =
  'control' | 'connect' | 'tls' | 'accept' | 'bytes' | 'slow' | 'status' | 'keepalive' | 'request' | 'retry' | 'cgi';

export interface FaultRequest {
  readonly method: string;
  readonly headers?: readonly Header[];
  /** Latin1 text. */
  readonly body?: string;
  /** The client goes away this many ms after it sent the request. */
  readonly leavesAfterMs?: number;
}

/** A response as the application behind the gateway wrote it. */
export interface UpstreamResponse {
  readonly status: number;
  readonly reason: string;
  /** In order, without Content-Length and Connection, which the server adds. */
  readonly headers: readonly Header[];
  /** Latin1 text. */
  readonly body: string;
  /** ms that the application works on the request. */
  readonly delayMs: number;
}

export type ServerScript =
  /** Nothing listens: the kernel answers SYN with RST. */
  | { readonly kind: 'closed' }
  /** SYNs are dropped. */
  | { readonly kind: 'blackhole' }
  /** The server's name does not resolve. */
  | { readonly kind: 'unresolvable'; readonly rcode: 'nxdomain' | 'servfail' | 'timeout' }
  /** A well-behaved HTTP/1.1 server. `response` overrides what the application would answer. */
  | { readonly kind: 'http'; readonly response?: UpstreamResponse }
  /** Waits for `after`, then plays these events; `at` in ms since then. */
  | {
      readonly kind: 'tcp';
      readonly after: 'accept' | 'head' | 'request';
      readonly play: (response: UpstreamResponse) => readonly WireEvent[];
      /** The response that the recorder gives to `play`; the lab's own hello when left out. */
      readonly sample?: UpstreamResponse;
    };

/** What the recorder's well-behaved upstream answers. */
export const LAB_RESPONSE: UpstreamResponse = {
  status: 200,
  reason: 'OK',
  headers: [
    ['Server', 'lab-upstream'],
    ['Content-Type', 'text/plain'],
  ],
  body: 'hello from upstream\n',
  delayMs: 0,
};
