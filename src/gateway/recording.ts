import type { Header, WireEvent } from './exchange.ts';
import type { ResponseHead } from './http-message.ts';
import type { GatewayId } from './ids.ts';

/**
 * What a real gateway answered to one fault, as `tools/recorder` stored it.
 *
 * Texts that change from run to run (dates, process ids, ports, paths) stand as `{{name}}` placeholders; the
 * gateway's {@link Volatile} rules say what each of them is. The simulator fills them in, so that a reader sees the
 * recorded bytes with their own path, host and simulated date; the conformance test masks a fresh run by the same rules.
 * Long runs of one text stand as `{{x*1000}}`, see compact-text.ts.
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
  /** Which servers it tried, in order, as positions in the fault's list; left out when there is only one server. */
  readonly tried?: readonly number[];
  /** Lines the gateway wrote, with placeholders. */
  readonly log: { readonly access: readonly string[]; readonly error: readonly string[] };
  /** How the gateway's own process ended over this exchange, e.g. `SIGABRT` or `exit code 1`; left out when it lived. */
  readonly crash?: string;
  /** Further outcomes that were seen: the program races with itself here. */
  readonly others?: readonly RecordedOutcome[];
}

/** What can differ between two runs of the same program. */
export type RecordedOutcome = Pick<Recording, 'wire' | 'attempts' | 'tried' | 'log' | 'crash'>;

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
  /** What the client sent: its headers, and the length of its body, bytes. */
  readonly requestHeaders: readonly Header[];
  readonly requestBytes: number;
  readonly clientAddress: string;
  /** `host:port` of the upstream, the first where there are several. */
  readonly upstreamAddress: string;
  readonly upstreamHost: string;
  /** `host:port` of every server of the route, in order. */
  readonly upstreamAddresses: readonly string[];
  /** Path of the unix socket, for the faults that have one. */
  readonly upstreamSocket: string;
  /** ms; null when that phase was not reached. */
  readonly connectMs: number | null;
  readonly headerMs: number | null;
  readonly responseMs: number | null;
  /** The same for each attempt, in order, in ms since it began. */
  readonly attempts: readonly AttemptTimes[];
  /** Status code that the client got; 0 when none. */
  readonly status: number;
  /** Bytes of body sent to the client. */
  readonly bodyBytes: number;
  /** Bytes sent to the client in all: head, framing and body. */
  readonly sentBytes: number;
  /** The head that the client got; null when none came. */
  readonly head: Pick<ResponseHead, 'status' | 'reason' | 'headers'> | null;
}

/** The phases of one attempt, ms since it began; null when that phase was not reached. */
export interface AttemptTimes {
  readonly connectMs: number | null;
  readonly headerMs: number | null;
  readonly responseMs: number;
}

/** One rule for one changing text: how the recorder finds it and how the simulator fills it in. */
export interface Volatile {
  readonly name: string;
  readonly in: 'head' | 'body' | 'access' | 'error';
  /** Matches the changing text itself, with look-behind and look-ahead for its surroundings. Always global. */
  readonly find: RegExp;
  readonly fill: (context: VolatileContext) => string;
}
