import { clientViewOf } from './client-view.ts';
import type { ClientView, Exchange, WireEvent } from './exchange.ts';

const NOTHING: Omit<ClientView, 'error' | 'elapsedMs'> = {
  status: null,
  reason: null,
  headers: [],
  body: '',
  truncated: false,
};

/** What both sides had seen of an exchange when the client left, `elapsedMs` after it asked. What was logged is as before. */
export function cutShort(exchange: Exchange, elapsedMs: number): Exchange {
  const wire = exchange.wire.filter((event) => event.at <= elapsedMs);
  const upstream = exchange.upstream
    .filter((attempt) => attempt.startedAt <= elapsedMs)
    .map((attempt) => ({ ...attempt, wire: attempt.wire.filter((event) => event.at <= elapsedMs) }));
  return { ...exchange, wire, client: viewUntil(wire, exchange.request.method, elapsedMs), upstream };
}

/** What a client that left could make of the events that it had got. */
export const viewUntil = (wire: readonly WireEvent[], method: string, elapsedMs: number): ClientView => ({
  ...(wire.length === 0 ? NOTHING : clientViewOf(wire, method)),
  error: 'aborted',
  elapsedMs,
});
