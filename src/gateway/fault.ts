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
  /** What the gateway's route needs besides the servers; nothing for most faults. */
  readonly route?: RouteNeeds;
  /** The upstream servers behind the route, mostly one. */
  readonly servers: readonly ServerScript[];
  /** The gateway timer that decides when this fault ends, if one does. */
  readonly timer?: keyof Timeouts;
  /** Requests that the recorder sends first, so that the gateway has marked its servers down, or keeps a connection. */
  readonly prime?: number;
  /** Pause between the last of those and the request that is recorded, ms. */
  readonly settleMs?: number;
  /** How long the recorder's client waits for the end of the answer, ms; 4200 when left out. */
  readonly patienceMs?: number;
}

export type FaultGroup =
  'control' | 'connect' | 'tls' | 'accept' | 'bytes' | 'slow' | 'status' | 'keepalive' | 'request' | 'retry' | 'cgi';

/** How a gateway must be configured so that it can meet the fault at all. */
export interface RouteNeeds {
  /** Speak TLS to the upstream, verify its certificate against the lab's CA, ask for the name upstream.test. */
  readonly tls?: true;
  /** Keep connections to the upstream open and use them again. */
  readonly keepAlive?: true;
  /** Several servers: `first-then-next` tries the next one where the gateway does so by default; `marked-down` takes them out after failures or failed health checks. */
  readonly balance?: 'first-then-next' | 'marked-down';
  /** Try the next server on a 503 as well. */
  readonly retryOn503?: true;
  /** Limit of the request body: `small` = 20 MiB refuses the recorded request, `large` lets 64 MiB through. */
  readonly bodyLimit?: 'small' | 'large';
  /**
   * The name is looked up when the gateway starts, not per request, by the system's own resolver. The recorder gives such
   * a route a gateway process of its own, because some programs then refuse to start.
   */
  readonly resolveAtStart?: true;
  /** Reach the upstream by FastCGI or uWSGI (nginx only). */
  readonly protocol?: 'fastcgi' | 'uwsgi';
  /** The gateway's read timeout is 6 s on this route, so that something else ends the request first (FastCGI, uWSGI). */
  readonly longReadTimeout?: true;
}

export interface FaultRequest {
  readonly method: string;
  readonly headers?: readonly Header[];
  /** Latin1 text. */
  readonly body?: string;
  /** A body of this many letters `p`, in place of `body`. */
  readonly bodyLength?: number;
  /** Follows the path in the request line, e.g. `?a=1`. */
  readonly query?: string;
  /** Everything the client sends, where that is no well-formed request. `{{target}}` stands for the path. Latin1 text. */
  readonly raw?: string;
  /** It is the second request on the connection of the priming one. */
  readonly sameConnection?: true;
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

/** What one server behind the gateway does. */
export type ServerScript =
  /** Nothing listens: the kernel answers SYN with RST. */
  | { readonly kind: 'closed' }
  /** SYNs are dropped. */
  | { readonly kind: 'blackhole' }
  /** The first SYN is dropped; the one that TCP repeats after a second is accepted, and the server answers. */
  | { readonly kind: 'slow-connect'; readonly response?: UpstreamResponse }
  /** The server's name does not resolve. */
  | { readonly kind: 'unresolvable'; readonly rcode: 'nxdomain' | 'servfail' | 'timeout' }
  /** A unix socket that is not there, or that the gateway's account may not open. */
  | { readonly kind: 'unix'; readonly access: 'missing' | 'denied' }
  /** A TLS server that meets a gateway which speaks plain HTTP. */
  | { readonly kind: 'tls-only' }
  /** An HTTP/2 server without TLS: it sends its SETTINGS frame to whoever connects. */
  | { readonly kind: 'http2' }
  | HttpServer
  | TcpServer
  | CgiServer;

/** A well-behaved HTTP/1.1 server, but for what its fields say. */
export interface HttpServer {
  readonly kind: 'http';
  /** Overrides what the application would answer. */
  readonly response?: UpstreamResponse;
  /** Works this long before it answers, ms, on top of the application's own time. */
  readonly delayMs?: number;
  readonly tls?: TlsServer;
  /** Does this when a second request arrives on a connection, in place of an answer. */
  readonly onReuse?: 'close' | 'reset';
  /** Closes a connection that was idle for this long, ms. */
  readonly closesIdleAfterMs?: number;
  /** Says in X-Upstream-Conn which of its connections carried the request, counted from 1. */
  readonly numbersConnections?: true;
}

export interface TlsServer {
  /** `good` is for upstream.test and signed by the lab's CA; the others fail in the one point they name. */
  readonly certificate: 'good' | 'expired' | 'wrongname' | 'selfsigned';
  /** Offers no newer version than this. */
  readonly maxVersion?: 'TLSv1';
  /** Demands a certificate from the gateway, which has none. */
  readonly demandsClientCertificate?: true;
}

/** Waits for `after`, then plays its events; `at` in ms since then. */
export interface TcpServer {
  readonly kind: 'tcp';
  /** `bytes`: the first bytes, whatever they are. `request`: head and body. */
  readonly after: 'accept' | 'bytes' | 'head' | 'request';
  /** In its bytes, `{{date}}` stands for the date of that moment as HTTP writes it. */
  readonly play: (response: UpstreamResponse) => readonly WireEvent[];
  /** The response that the recorder gives to `play`; the lab's own hello when left out. */
  readonly sample?: UpstreamResponse;
  /** Stops reading once `after` has come. */
  readonly stopsReading?: true;
}

/** A real FastCGI or uWSGI program: what it does comes from the program, not from a script of bytes. */
export interface CgiServer {
  readonly kind: 'cgi';
  readonly program: 'php-fpm' | 'uwsgi';
  /** php-fpm: the pool of processes. uwsgi: the server. See tools/recorder/cgi-programs.ts. */
  readonly pool: 'main' | 'tcp' | 'terminate' | 'busy' | 'no-app' | 'harakiri';
  /** The PHP file that is asked for; uWSGI's application goes by the path of the request. */
  readonly script?: string;
  /** What the gateway gets to see, in short: how the answer begins or how the connection ends. */
  readonly wire: readonly WireEvent[];
}

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

/** What a server answers that could be reached only at the second try. */
export const SLOW_CONNECT_RESPONSE: UpstreamResponse = {
  status: 200,
  reason: 'OK',
  headers: [['Content-Type', 'text/plain']],
  body: 'slow connect\n',
  delayMs: 0,
};
