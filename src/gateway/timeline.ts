import type { Scenario } from '../schema/scenario.ts';
import type { UpstreamAttempt, WireEvent } from './exchange.ts';
import type { UpstreamResponse } from './fault.ts';
import type { RecordedFault } from './recorded-fault.ts';
import type { AttemptTimes, RecordingSet } from './recording.ts';
import { playServer, type UpstreamPlay } from './upstream.ts';

/** Recorded times below this are what the recorder's machine needed, ms. */
const AT_ONCE_MS = 50;

/** Turns a time of a recording into one of the scenario, both in ms since the gateway had the request. Never goes back. */
export type TimeOf = (recordedMs: number) => number;

/**
 * Where one of the gateway's timers decided, the recorder's timer is exchanged for the scenario's, as often as it ran out
 * by then. Everywhere else the upstream's own time is added: the way to it, and how long the application works.
 */
export function timeline(
  { variant, recording }: RecordedFault,
  { timeouts }: RecordingSet,
  scenario: Scenario,
  last: UpstreamPlay,
  worksMs: number,
): TimeOf {
  const { gateway, network } = scenario;
  const { timer } = variant;
  if (timer) {
    const recorded = timeouts[timer];
    const wanted = { connectMs: gateway.connectTimeout, readMs: gateway.readTimeout, sendMs: gateway.sendTimeout }[
      timer
    ];
    return (at) => at + Math.floor((at + recorded / 10) / recorded) * (wanted - recorded);
  }
  // There, and back with the answer; a connection takes one more turn unless it never came to one.
  const turns = recording.attempts === 0 ? 0 : last.connectMs === null ? 1 : 2;
  const own = turns * 2 * network.upstream + (last.connectMs === null ? 0 : worksMs);
  return (at) => (at <= AT_ONCE_MS ? 0 : at) + own;
}

/** One attempt with the times that a gateway's log tells of it. */
export interface TimedAttempt {
  readonly attempt: UpstreamAttempt;
  readonly times: AttemptTimes;
}

/**
 * One attempt after the other, until the gateway was done.
 * @param headMs when the client's answer began, null when it was not the upstream's
 * @param lastPlay what the last server did, where that is known already
 */
export function attemptsOf(
  { variant, recording }: RecordedFault,
  { network, gateway }: Scenario,
  response: UpstreamResponse | null,
  addressOf: (server: number) => string,
  headMs: number | null,
  doneMs: number,
  lastPlay: UpstreamPlay | null = null,
): TimedAttempt[] {
  const servers = recording.tried ?? Array.from({ length: recording.attempts }, () => 0);
  const last = servers.length - 1;
  const plays = servers.map((server, index) =>
    index === last && lastPlay
      ? lastPlay
      : playServer(
          variant.servers[server] ?? { kind: 'http' },
          response,
          network.upstream,
          headMs === null || index < last,
        ),
  );
  /** How long each lasted: a silent one until its timer ran out, the others share the rest. */
  const limits = plays.map(({ wire, connectMs }) =>
    wire.some(isSilence) ? (connectMs === null ? gateway.connectTimeout : gateway.readTimeout) : null,
  );
  const silentMs = limits.slice(0, last).reduce<number>((sum, limit) => sum + (limit ?? 0), 0);
  const others = limits.slice(0, last).filter((limit) => limit === null).length + 1;
  const share = Math.max(0, doneMs - silentMs) / others;
  let begun = 0;
  return plays.map(({ wire, connectMs }, index) => {
    const start = begun;
    const lasts =
      index === last ? Math.max(0, doneMs - start) : Math.min(limits[index] ?? share, Math.max(0, doneMs - start));
    begun += lasts;
    const startedAt = network.client + start;
    return {
      attempt: {
        address: addressOf(servers[index] ?? 0),
        startedAt,
        wire: wire.map((event) => ({ ...event, at: startedAt + (isTimeout(event) ? lasts : event.at) })),
      },
      times: {
        connectMs,
        headerMs: index === last && headMs !== null ? Math.max(0, headMs - start) : null,
        responseMs: lasts,
      },
    };
  });
}

const isTimeout = (event: WireEvent): boolean => event.kind === 'connect-failed' && event.reason === 'timeout';
/** Nothing came before the gateway's timer ran out. */
const isSilence = (event: WireEvent, index: number): boolean =>
  isTimeout(event) || (event.kind === 'stall' && index === 0);
