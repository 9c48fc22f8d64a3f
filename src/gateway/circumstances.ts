import type { Scenario } from '../schema/scenario.ts';
import type { ExchangeRequest } from './exchange.ts';
import type { Fate } from './fate.ts';
import type { ServerScript } from './fault.ts';
import { headerValue } from './http-message.ts';
import { serverAddress, SIMULATED_SOCKET, UNRESOLVABLE_HOSTS } from './places.ts';
import type { Profile } from './profile.ts';
import type { AttemptTimes, RecordingSet, VolatileContext } from './recording.ts';
import { requestUrl } from './request-url.ts';
import { RUN_EPOCH } from './run-epoch.ts';

/** Everything about one exchange that does not depend on its fault. */
export interface Circumstances {
  /** Order of the exchange within the run, from 1. */
  readonly id: number;
  /** ms since the run began. */
  readonly at: number;
  readonly request: ExchangeRequest;
  readonly scenario: Scenario;
  readonly recordings: RecordingSet;
  /** When the recorder's own client left, ms after its request, where that is what the fault is about. */
  readonly leavesAfterMs?: number | undefined;
  readonly profile: Profile;
  /** What the scenario's system of servers decided; left out where there is none, or where a fault was put in. */
  readonly fate?: Fate | undefined;
}

/** The phases of the gateway's work, ms since it had the request. */
export interface Phases {
  /** ms until the connection to the upstream stood; null when it never did. */
  readonly connectMs: number | null;
  /** ms until the upstream's head had come; null when it never did. */
  readonly headerMs: number | null;
  /** ms until the gateway was done. */
  readonly doneMs: number;
  readonly attempts: readonly AttemptTimes[];
}

/** The client's address in every log line, from the range for documentation (RFC 5737). */
const CLIENT_ADDRESS = '203.0.113.7';

/**
 * The values that fill the placeholders of this exchange; status and length are those of no answer yet.
 * @param script what the server does that the gateway turned to
 */
export function contextOf(
  { id, at, request, scenario, fate }: Circumstances,
  phases: Phases,
  script?: ServerScript,
): VolatileContext {
  const url = requestUrl(request.url);
  const requestedAt = RUN_EPOCH + at + scenario.network.client;
  const addresses =
    fate && fate.addresses.length > 1 ? fate.addresses : addressesFrom(fate?.addresses[0] ?? scenario.upstream);
  return {
    id,
    requestedAt,
    finishedAt: requestedAt + phases.doneMs,
    method: request.method,
    path: url.target,
    host: url.host,
    userAgent: headerValue(request.headers, 'user-agent') ?? '-',
    requestHeaders: request.headers,
    requestBytes: request.body.length,
    clientAddress: CLIENT_ADDRESS,
    upstreamAddress: addresses[0] ?? scenario.upstream,
    upstreamHost: hostOf(scenario.upstream, script),
    upstreamAddresses: addresses,
    upstreamSocket: SIMULATED_SOCKET,
    connectMs: phases.connectMs,
    headerMs: phases.headerMs,
    responseMs: phases.doneMs,
    attempts: phases.attempts,
    status: 0,
    bodyBytes: 0,
    sentBytes: 0,
    head: null,
  };
}

/** Addresses that are remembered; a run has a few. */
const MAX_KNOWN = 200;
const known = new Map<string, readonly string[]>();

/** The addresses of two servers of which the scenario names the first. */
function addressesFrom(first: string): readonly string[] {
  const found = known.get(first);
  if (found) return found;
  const both = [first, serverAddress(first, 1)];
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(first, both);
  return both;
}

/** An address needs no lookup: a scenario that names its upstream by one gets the recorder's name, where the lookup fails. */
function hostOf(address: string, script: ServerScript | undefined): string {
  const colon = address.lastIndexOf(':');
  const host = colon >= 0 && /^\d+$/.test(address.slice(colon + 1)) ? address.slice(0, colon) : address;
  return script?.kind === 'unresolvable' && /^[\d.]+$|:/.test(host) ? UNRESOLVABLE_HOSTS[script.rcode] : host;
}
