import type { WireEvent } from './exchange.ts';
import type { GatewayId } from './ids.ts';

/**
 * What a real gateway answered to one fault, as `tools/recorder` stored it.
 *
 * Texts that change from run to run (dates, process ids, ports, paths) stand as `{{name}}` placeholders; the
 * gateway's {@link Volatile} rules say what each of them is. The simulator fills them in, so that a reader sees the
 * recorded bytes with their own path, host and simulated date; the conformance test masks a fresh run by the same rules.
 */
export interface Recording {
  readonly fault: string;
  readonly method: string;
  /** The directives of the route, e.g. `location /f/ok/ { proxy_pass http://127.0.0.1:10001; }`. */
  readonly config: string;
  /** What traveled to the client; `at` in ms since the request was sent. Bytes are latin1 with placeholders. */
  readonly wire: readonly WireEvent[];
  /** How often the gateway tried an upstream for this one request, seen from the upstream (a connect that never arrived counts by the log). */
  readonly attempts: number;
  /** Lines the gateway wrote, with placeholders. */
  readonly log: { readonly access: readonly string[]; readonly error: readonly string[] };
}

/** All recordings of one version of one gateway: one file `content/recordings/<gateway>/<version>.json`. */
export interface RecordingSet {
  readonly format: 1;
  readonly gateway: GatewayId;
  /** Version number alone, e.g. `1.22.1`. */
  readonly version: string;
  /** The program as it names itself, e.g. `nginx/1.22.1`. */
  readonly program: string;
  readonly platform: string;
  /** ISO date. */
  readonly date: string;
  readonly timeouts: Timeouts;
  /** Settings in words, as a reader would want to know them. */
  readonly settings: string;
  readonly recordings: readonly Recording[];
}

/** Timers of the gateway towards the upstream, in ms. */
export interface Timeouts {
  readonly connectMs: number;
  readonly readMs: number;
  readonly sendMs: number;
}

/** Values that fill the placeholders of one exchange. */
export interface VolatileContext {
  /** Simulated time of day when the client's request arrived, ms since the epoch. */
  readonly requestedAt: number;
  /** Simulated time of day when the gateway was done, ms since the epoch. */
  readonly finishedAt: number;
  /** Order of the exchange within the run, from 1. */
  readonly id: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly host: string;
  readonly userAgent: string;
  readonly clientAddress: string;
  /** `host:port` of the upstream. */
  readonly upstreamAddress: string;
  readonly upstreamHost: string;
  /** ms; null when that phase was not reached. */
  readonly connectMs: number | null;
  readonly headerMs: number | null;
  readonly responseMs: number | null;
  /** Status code that the client got; 0 when none. */
  readonly status: number;
  /** Bytes of body sent to the client. */
  readonly bodyBytes: number;
}

/** One rule for one changing text: how the recorder finds it and how the simulator fills it in. */
export interface Volatile {
  readonly name: string;
  readonly in: 'head' | 'access' | 'error';
  /** Matches the changing text itself, with look-behind and look-ahead for its surroundings. Always global. */
  readonly find: RegExp;
  readonly fill: (context: VolatileContext) => string;
}
