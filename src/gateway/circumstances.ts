import type { Scenario } from '../schema/scenario.ts';
import type { ExchangeRequest } from './exchange.ts';
import { headerValue } from './http-message.ts';
import type { Profile } from './profile.ts';
import type { RecordingSet, VolatileContext } from './recording.ts';
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
  readonly profile: Profile;
}

/** The phases of the gateway's work, ms since it had the request. */
export interface Phases {
  /** ms until the connection to the upstream stood; null when it never did. */
  readonly connectMs: number | null;
  /** ms until the upstream's head had come; null when it never did. */
  readonly headerMs: number | null;
  /** ms until the gateway was done. */
  readonly doneMs: number;
}

/** The client's address in every log line, from the range for documentation (RFC 5737). */
const CLIENT_ADDRESS = '203.0.113.7';

/** The values that fill the placeholders of this exchange; status and length are those of no answer yet. */
export function contextOf({ id, at, request, scenario }: Circumstances, phases: Phases): VolatileContext {
  const url = new URL(request.url);
  const requestedAt = RUN_EPOCH + at + scenario.network.client;
  return {
    id,
    requestedAt,
    finishedAt: requestedAt + phases.doneMs,
    method: request.method,
    path: url.pathname + url.search,
    host: url.host,
    userAgent: headerValue(request.headers, 'user-agent') ?? '-',
    clientAddress: CLIENT_ADDRESS,
    upstreamAddress: scenario.upstream,
    upstreamHost: scenario.upstream.replace(/:\d+$/, ''),
    connectMs: phases.connectMs,
    headerMs: phases.headerMs,
    responseMs: phases.doneMs,
    status: 0,
    bodyBytes: 0,
  };
}
