import type { SystemSettings } from '../schema/system.ts';
import type { Header, WireEvent } from './exchange.ts';
import type { UpstreamResponse } from './fault.ts';
import type { Fate } from './fate.ts';
import type { CauseId } from './ids.ts';
import type { Reactions } from './recorded-fault.ts';
import { THEN_NEXT } from './scenario-faults.ts';
import type { Attempt, Offer, SystemFault } from './system/offer.ts';
import type { TimedAttempt } from './timeline.ts';
import { reasonOf } from './application.ts';
import { responseBytes } from './upstream.ts';

/** What a system's decision about a request looks like to a real gateway. */
export interface SystemTurn {
  /** The fault whose recording tells what the gateway makes of it. */
  readonly fault: string;
  /** The fault that the exchange is named after, where that is another one. */
  readonly namedAfter?: string;
  /** The diagnosis, where it is not the one that the fault usually has. */
  readonly cause?: CauseId;
  readonly response: UpstreamResponse;
  readonly fate: Fate;
}

/** What is the same for every request of a run. */
export interface SystemSetting {
  readonly settings: SystemSettings;
  readonly oneWayMs: number;
  readonly clientMs: number;
  readonly reactions: Reactions;
}

/** A limit or a full server that says so is an answer of the application's: its headers are the offer's, not the recorder's. */
const SAID_BY_APPLICATION: Readonly<Partial<Record<SystemFault, number>>> = { 'app-429': 429, 'app-503': 503 };

/** @param response what the application answers when it is well */
export function systemTurn(
  offer: Offer,
  method: string,
  response: UpstreamResponse,
  setting: SystemSetting,
): SystemTurn {
  const { settings, oneWayMs, reactions } = setting;
  const { attempts, endMs } = offer;
  const last = attempts.at(-1);
  const startsMs = last?.startedMs ?? offer.pendingMs;
  // The way to the server and back is counted where the answer is played.
  const delayMs = Math.max(0, endMs - startsMs - 4 * oneWayMs);
  const said = SAID_BY_APPLICATION[offer.fault];
  const answer = said === undefined ? healthy(response, offer.headers, delayMs) : refusal(said, offer.headers, delayMs);
  const answered = offer.fault === 'ok' || said !== undefined;
  const timed = attempts.map((attempt, index) =>
    timedAttempt(attempt, setting, index === attempts.length - 1 ? answer : refusal(503, [], 0)),
  );
  const named = said === undefined ? {} : { namedAfter: offer.fault };
  const cause = causeOf(offer);
  const rest = { ...named, ...(cause ? { cause } : {}), response: answer };
  const addresses = settings.servers.map(({ address }) => address);

  const before = attempts.at(-2);
  const pair = answered && before ? THEN_NEXT[before.fault] : undefined;
  if (pair !== undefined && before && toldInTwo(reactions, pair, method)) {
    const told = timed.slice(-2);
    return {
      ...rest,
      fault: pair,
      fate: {
        startsMs: before.startedMs,
        endsMs: endMs,
        addresses: addressesIn(told),
        earlier: timed.slice(0, -2),
        told,
      },
    };
  }
  const told = timed.slice(-1);
  return {
    ...rest,
    fault: answered ? 'ok' : offer.fault,
    fate: {
      startsMs,
      endsMs: answered ? endMs : null,
      addresses: told.length > 0 ? addressesIn(told) : addresses,
      earlier: timed.slice(0, -1),
      told,
    },
  };
}

const healthy = (response: UpstreamResponse, headers: readonly Header[], delayMs: number): UpstreamResponse => ({
  ...response,
  headers: headers.length === 0 ? response.headers : [...response.headers, ...headers],
  delayMs,
});

function refusal(status: number, headers: readonly Header[], delayMs: number): UpstreamResponse {
  const reason = reasonOf(status);
  return {
    status,
    reason,
    headers: [['Content-Type', 'text/plain'], ...headers],
    body: `${reason.toLowerCase()}\n`,
    delayMs,
  };
}

/** True when the gateway was recorded to ask two servers in turn, and to pass on what the second one said. */
function toldInTwo(reactions: Reactions, fault: string, method: string): boolean {
  try {
    const { recording, passedOn } = reactions(fault, method);
    return passedOn?.by === 'profile' && recording.tried?.join() === '0,1';
  } catch {
    return false;
  }
}

/** A queue that is full and a queue that took longer than the work are the same trouble: too much to do. */
function causeOf({ reason, attempts }: Offer): CauseId | null {
  switch (reason) {
    case 'queue-full':
    case 'circuit-open':
      return 'overload';
    case 'too-slow': {
      const last = attempts.at(-1);
      return last && last.waitMs > last.serviceMs ? 'overload' : null;
    }
    case 'worker-killed':
      return 'worker-crashed';
    case 'rate-limited':
      return 'rate-limited';
    case 'maintenance':
      return 'maintenance';
    default:
      return null;
  }
}

const addressesIn = (attempts: readonly TimedAttempt[]): readonly string[] =>
  attempts.map(({ attempt }) => attempt.address);

function timedAttempt(
  attempt: Attempt,
  { settings, clientMs, oneWayMs }: SystemSetting,
  answer: UpstreamResponse,
): TimedAttempt {
  const { server, startedMs, connectedMs, endMs } = attempt;
  const answered = attempt.fault === 'ok' || attempt.fault === 'app-503';
  const since = (ms: number): number => ms - startedMs;
  return {
    attempt: {
      address: settings.servers[server]?.address ?? '',
      startedAt: clientMs + startedMs,
      wire: wireOf(attempt, answer, oneWayMs).map((event) => ({ ...event, at: clientMs + event.at })),
    },
    times: {
      connectMs: connectedMs === null ? null : since(connectedMs),
      headerMs: answered ? since(endMs) : null,
      responseMs: since(endMs),
    },
  };
}

/** What the server put on the wire; times in ms since the gateway had the request. */
function wireOf(
  { fault, connectedMs, endMs, closes }: Attempt,
  answer: UpstreamResponse,
  oneWayMs: number,
): WireEvent[] {
  switch (fault) {
    case 'ok':
    case 'app-503':
    case 'app-429':
      return [
        { at: endMs, kind: 'bytes', bytes: responseBytes(answer, false) },
        { at: endMs, kind: closes ? 'close' : 'stall' },
      ];
    case 'connect-refused':
      return [{ at: endMs, kind: 'connect-failed', reason: 'refused' }];
    case 'connect-timeout':
      return [{ at: endMs, kind: 'connect-failed', reason: 'timeout' }];
    case 'rst-on-accept':
    case 'rst-after-request':
      return [{ at: endMs, kind: 'reset' }];
    case 'read-timeout':
      return [{ at: (connectedMs ?? 0) + 2 * oneWayMs, kind: 'stall' }];
    default:
      return [{ at: endMs, kind: 'close' }];
  }
}
