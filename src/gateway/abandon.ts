import { contextOf, type Circumstances } from './circumstances.ts';
import { clientViewOf } from './client-view.ts';
import type { ClientView, Exchange, WireEvent } from './exchange.ts';
import { filledWire } from './filled-wire.ts';
import { fillPlaceholders } from './profile.ts';
import { expandRecording } from './expand-recording.ts';

/** The recording that tells what the gateway does when its client leaves early. */
const CLIENT_LEFT = 'client-closes-early';

const NOTHING: Omit<ClientView, 'error' | 'elapsedMs'> = {
  status: null,
  reason: null,
  headers: [],
  body: '',
  truncated: false,
};

/**
 * The exchange as it went when the client left `elapsedMs` after it asked: what it had got until then, and the log lines
 * that the gateway writes about a client that left. A client that left in the middle of the body changes no log line,
 * because the gateway had sent its status already.
 */
export function abandonedExchange(exchange: Exchange, elapsedMs: number, circumstances: Circumstances): Exchange {
  const { recordings, profile, scenario } = circumstances;
  const wire = exchange.wire.filter((event) => event.at <= elapsedMs);
  const client = viewOf(wire, exchange.request.method, elapsedMs);
  const upstream = exchange.upstream
    .filter((attempt) => attempt.startedAt <= elapsedMs)
    .map((attempt) => ({ ...attempt, wire: attempt.wire.filter((event) => event.at <= elapsedMs) }));
  const recordingOf = (fault: string) => recordings.recordings.find((recording) => recording.fault === fault);
  // Asked about the recorder's own client, the recording tells all.
  const asRecorded = circumstances.leavesAfterMs === elapsedMs ? recordingOf(exchange.fault) : undefined;
  const left = asRecorded ?? recordingOf(CLIENT_LEFT);
  if (!left || (!asRecorded && client.status !== null)) return { ...exchange, wire, client, upstream };

  // The news of the close needs the way to the gateway.
  const context = contextOf(circumstances, {
    connectMs: 2 * scenario.network.upstream,
    headerMs: null,
    doneMs: elapsedMs,
    attempts: [],
  });
  const line = (text: string): string => fillPlaceholders(text, profile.volatile, context);
  const error = left.log.error.map(line);
  const access = left.log.access.map(line);
  const seenWire = asRecorded
    ? filledWire(expandRecording(asRecorded).wire, line).map((event) => ({
        ...event,
        at: event.at + 2 * scenario.network.client,
      }))
    : wire;
  const view = asRecorded ? viewOf(seenWire, exchange.request.method, elapsedMs) : client;
  return {
    ...exchange,
    wire: seenWire,
    client: view,
    upstream,
    answeredBy: view.status === null ? null : exchange.answeredBy,
    cause: 'client-aborted',
    verdict: profile.verdict(error, access) ?? 'the client closed the connection before the answer',
    log: { access, error },
  };
}

const viewOf = (wire: readonly WireEvent[], method: string, elapsedMs: number): ClientView => ({
  ...(wire.length === 0 ? NOTHING : clientViewOf(wire, method)),
  error: 'aborted',
  elapsedMs,
});
