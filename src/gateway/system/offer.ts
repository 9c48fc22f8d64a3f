import type { Header } from '../exchange.ts';
import type { ServerFault, ServerReason } from './server.ts';

/** What the system needs to know of a request. */
export interface RequestFacts {
  readonly method: string;
  readonly headers?: readonly Header[];
  /** The client goes away this many ms after the gateway had its request. Left out: it waits for ever. */
  readonly patienceMs?: number;
}

/** The fault that the gateway meets; each is the id of a fault that real gateways were recorded with. */
export type SystemFault = ServerFault | 'all-down' | 'app-429' | 'ka-race-get' | 'ka-race-post' | 'client-closes-early';

/** Why: one fault has many. */
export type SystemReason =
  ServerReason | 'idle-closed' | 'client-left' | 'circuit-open' | 'none-healthy' | 'rate-limited' | 'maintenance';

/** One try at one server; times in ms since the gateway had the request. */
export interface Attempt {
  /** Position in the scenario's list of servers. */
  readonly server: number;
  readonly fault: SystemFault;
  readonly reason: SystemReason;
  readonly startedMs: number;
  /** When the connection stood; null when it never did. As `startedMs` on a connection that was reused. */
  readonly connectedMs: number | null;
  /** When the gateway has the answer, or the failure. */
  readonly endMs: number;
  readonly reused: boolean;
  /** The connection is of no use for another request. */
  readonly closes: boolean;
  /** Time in the server's queue. */
  readonly waitMs: number;
  /** Time with a worker. */
  readonly serviceMs: number;
  /** When the server is done with the work, even if nobody waits any more; null when it never is. */
  readonly workDoneMs: number | null;
}

/** What happens to one request, all of it. Times in ms since the gateway had the request. */
export interface Offer {
  readonly fault: SystemFault;
  readonly reason: SystemReason;
  /** Tries at servers, in order; empty when none was asked. */
  readonly attempts: readonly Attempt[];
  /** How long the request waited in the gateway for a connection. */
  readonly pendingMs: number;
  /** When the gateway has the answer, or gives up. */
  readonly endMs: number;
  /** What the answer carries besides the application's own headers: Retry-After, RateLimit and the like. */
  readonly headers: readonly Header[];
}
