import { contextOf, type Circumstances } from './circumstances.ts';
import { clientViewOf } from './client-view.ts';
import type { ClientView, Exchange } from './exchange.ts';
import { fillPlaceholders } from './profile.ts';

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
  const seen = wire.length === 0 ? NOTHING : clientViewOf(wire, exchange.request.method);
  const client: ClientView = { ...seen, error: 'aborted', elapsedMs };
  const upstream = exchange.upstream
    .filter((attempt) => attempt.startedAt <= elapsedMs)
    .map((attempt) => ({ ...attempt, wire: attempt.wire.filter((event) => event.at <= elapsedMs) }));
  const left = recordings.recordings.find((recording) => recording.fault === CLIENT_LEFT);
  if (client.status !== null || !left) return { ...exchange, wire, client, upstream };

  // The news of the close needs the way to the gateway.
  const context = contextOf(circumstances, {
    connectMs: 2 * scenario.network.upstream,
    headerMs: null,
    doneMs: elapsedMs,
  });
  const line = (text: string): string => fillPlaceholders(text, profile.volatile, context);
  const error = left.log.error.map(line);
  return {
    ...exchange,
    wire,
    client,
    upstream,
    answeredBy: null,
    cause: 'client-aborted',
    verdict: profile.verdict(error) ?? 'the client closed the connection before the answer',
    log: { access: left.log.access.map(line), error },
  };
}
