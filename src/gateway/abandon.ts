import { contextOf, type Circumstances } from './circumstances.ts';
import { cutShort, viewUntil } from './cut-short.ts';
import type { Exchange } from './exchange.ts';
import { filledWire } from './filled-wire.ts';
import { fillPlaceholders } from './profile.ts';
import { expandRecording } from './expand-recording.ts';

/** The recording that tells what the gateway does when its client leaves early. */
const CLIENT_LEFT = 'client-closes-early';

/**
 * The exchange as it went when the client left `elapsedMs` after it asked: what it had got until then, and the log lines
 * that the gateway writes about a client that left. A client that left in the middle of the body changes no log line,
 * because the gateway had sent its status already, and neither does one that the gateway does not miss.
 */
export function abandonedExchange(exchange: Exchange, elapsedMs: number, circumstances: Circumstances): Exchange {
  const { recordings, profile, scenario } = circumstances;
  const left = cutShort(exchange, elapsedMs);
  const recordingOf = (fault: string) => recordings.recordings.find((recording) => recording.fault === fault);
  // Asked about the recorder's own client, the recording tells all.
  const asRecorded = circumstances.leavesAfterMs === elapsedMs ? recordingOf(exchange.fault) : undefined;
  const told = asRecorded ?? recordingOf(CLIENT_LEFT);
  if (!told || (!asRecorded && left.client.status !== null)) return left;
  const verdict = 'the client closed the connection before the answer';
  const gone: Exchange = { ...left, answeredBy: null, cause: 'client-aborted', verdict };
  if (profile.waitsForNobody && told.fault === CLIENT_LEFT) return gone;

  // The news of the close needs the way to the gateway.
  const context = contextOf(circumstances, {
    connectMs: 2 * scenario.network.upstream,
    headerMs: null,
    doneMs: elapsedMs,
    attempts: [],
  });
  const line = (text: string): string => fillPlaceholders(text, profile.volatile, context);
  const error = told.log.error.map(line);
  const access = told.log.access.map(line);
  const seenWire = asRecorded
    ? filledWire(expandRecording(asRecorded).wire, line).map((event) => ({
        ...event,
        at: event.at + 2 * scenario.network.client,
      }))
    : left.wire;
  const view = asRecorded ? viewUntil(seenWire, exchange.request.method, elapsedMs) : left.client;
  return {
    ...gone,
    wire: seenWire,
    client: view,
    answeredBy: view.status === null ? null : exchange.answeredBy,
    verdict: profile.verdict(error, access) ?? verdict,
    log: { access, error },
  };
}
