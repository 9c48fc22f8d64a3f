import type { ConnectionPool } from './keep-alive.ts';
import type { Attempt } from './offer.ts';
import { isIdempotent } from './retry-rule.ts';
import type { Server, ServerFault } from './server.ts';

/** A server and the way to it. */
export interface Line {
  readonly index: number;
  readonly server: Server;
  readonly pool: ConnectionPool | null;
  readonly oneWayMs: number;
  readonly timeouts: { readonly connectMs: number; readonly readMs: number };
}

export interface Try {
  readonly method: string;
  /** ms since the run began. */
  readonly at: number;
  /** The same moment, since the gateway had the request. */
  readonly startedMs: number;
  /** How long the client still waits. */
  readonly patienceMs: number;
  /** `at` lies in the future: the attempt is foreseen, not made. */
  readonly later: boolean;
}

/** One attempt at one server, as the gateway sees it. The server's clock is the gateway's; the network only adds delay. */
export function attemptAt(line: Line, { method, at, startedMs, patienceMs, later }: Try): Attempt {
  const { index, server, pool, oneWayMs, timeouts } = line;
  const roundTrip = 2 * oneWayMs;
  const reuse = pool && !later ? pool.take(at) : 'none';
  if (reuse === 'race') {
    const left = roundTrip > patienceMs;
    const race = isIdempotent(method) ? 'ka-race-get' : 'ka-race-post';
    return {
      server: index,
      fault: left ? 'client-closes-early' : race,
      reason: left ? 'client-left' : 'idle-closed',
      startedMs,
      connectedMs: startedMs,
      endMs: startedMs + Math.min(roundTrip, patienceMs),
      reused: true,
      closes: true,
      waitMs: 0,
      serviceMs: 0,
      workDoneMs: null,
    };
  }
  const reused = reuse === 'reused';
  const connect = reused ? 0 : roundTrip;
  const patience = Math.max(0, Math.min(timeouts.readMs, patienceMs - connect) - roundTrip);
  const visit = later ? server.forecast(at, patience) : server.offer(at, patience);
  const fault = reused ? onOpenConnection(visit.fault) : visit.fault;
  const took = durationOf(fault, connect + roundTrip + visit.endMs, connect, line);
  const left = took > patienceMs;
  return {
    server: index,
    fault: left ? 'client-closes-early' : fault,
    reason: left ? 'client-left' : visit.reason,
    startedMs,
    connectedMs: fault === 'connect-refused' || fault === 'connect-timeout' ? null : startedMs + connect,
    endMs: startedMs + Math.min(took, patienceMs),
    reused,
    closes: visit.closes,
    waitMs: visit.waitMs,
    serviceMs: visit.serviceMs,
    workDoneMs: visit.workDoneMs === null ? null : startedMs + connect + oneWayMs + visit.workDoneMs,
  };
}

/** On a connection that stands already nobody can refuse the connection: the request itself is left unread or reset. */
function onOpenConnection(fault: ServerFault): ServerFault {
  switch (fault) {
    case 'connect-timeout':
      return 'read-timeout';
    case 'connect-refused':
    case 'rst-on-accept':
      return 'rst-after-request';
    default:
      return fault;
  }
}

/** ms from the attempt's start to its end. */
function durationOf(fault: ServerFault, answered: number, connect: number, { oneWayMs, timeouts }: Line): number {
  switch (fault) {
    case 'connect-refused':
    case 'rst-on-accept':
      return 2 * oneWayMs;
    case 'connect-timeout':
      return timeouts.connectMs;
    case 'read-timeout':
      return connect + timeouts.readMs;
    default:
      return answered;
  }
}
