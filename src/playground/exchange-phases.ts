import type { Exchange, UpstreamAttempt, WireEvent } from '../gateway/exchange.ts';

/** A part of the time that an exchange took. Times are ms since the request was sent. */
export interface Phase {
  readonly text: string;
  /** Which hop spent it. */
  readonly hop: 'client' | 'gateway' | 'upstream';
  readonly from: number;
  readonly to: number;
}

/**
 * Where the time of an exchange went, hop by hop and in order. Connecting to the upstream is no phase of its own where it
 * worked: it was recorded together with the wait for the first byte.
 */
export function exchangePhases({ upstream, wire, client, gateway }: Exchange): Phase[] {
  const firstByte = wire.find(({ kind }) => kind === 'bytes')?.at ?? client.elapsedMs;
  const travel = upstream[0]?.startedAt ?? 0;
  const decided = Math.max(0, Math.min(firstByte - travel, client.elapsedMs));
  const phases: Phase[] = [];
  const add = (hop: Phase['hop'], text: string, from: number, to: number): void => {
    if (to >= from) phases.push({ hop, text, from, to });
  };
  if (upstream.length > 0) add('client', `Request travels to ${gateway.id}`, 0, Math.min(travel, client.elapsedMs));

  upstream.forEach((attempt, index) => {
    const name = upstream.length > 1 ? `Attempt ${index + 1}, ${attempt.address}` : `Upstream ${attempt.address}`;
    const until = Math.max(attempt.startedAt, Math.min(upstream[index + 1]?.startedAt ?? decided, client.elapsedMs));
    for (const { text, from, to } of attemptPhases(attempt, until)) add('upstream', `${name}: ${text}`, from, to);
  });

  const last = Math.max(phases.at(-1)?.to ?? 0, 0);
  if (wire.some(({ kind }) => kind === 'bytes')) {
    add('gateway', upstream.length > 0 ? 'Response travels to the client' : `${gateway.id} answers`, last, firstByte);
    if (client.elapsedMs > firstByte) add('client', 'Body arrives', firstByte, client.elapsedMs);
  } else if (client.elapsedMs > last || phases.length === 0) {
    const [event] = wire;
    const failure = event && 'reason' in event ? `Client: ${NEVER_STOOD[event.kind]} (${event.reason})` : null;
    const text = client.error === 'aborted' ? 'Client waits, then gives up' : 'Client waits for an answer';
    add('client', failure ?? text, last, client.elapsedMs);
  }
  return phases;
}

/** @param until when the gateway was done with the attempt at the latest */
function attemptPhases({ startedAt, wire }: UpstreamAttempt, until: number): Omit<Phase, 'hop'>[] {
  const [first] = wire;
  if (!first) return [{ text: 'no answer', from: startedAt, to: until }];
  if ('reason' in first)
    return [{ text: `${NEVER_STOOD[first.kind]} (${first.reason})`, from: startedAt, to: first.at }];
  const bytes = wire.filter(({ kind }) => kind === 'bytes');
  const [head] = bytes;
  const end = wire.at(-1) ?? first;
  if (!head) {
    const gaveUp = first.kind === 'stall';
    const text = gaveUp ? 'connect, then wait in vain' : `connect and wait, then ${first.kind}`;
    return [{ text, from: startedAt, to: gaveUp ? Math.max(first.at, until) : first.at }];
  }
  const waited = { text: 'connect and wait for the first byte', from: startedAt, to: head.at };
  const lastByte = bytes.at(-1)?.at ?? head.at;
  const bodyEnd = end.kind === 'stall' ? lastByte : end.at;
  const phases = [waited];
  if (bodyEnd > head.at) phases.push({ text: 'response arrives', from: head.at, to: bodyEnd });
  return phases;
}

const NEVER_STOOD: Readonly<Record<Extract<WireEvent, { readonly reason: string }>['kind'], string>> = {
  'connect-failed': 'connect fails',
  'lookup-failed': 'name lookup fails',
  'tls-failed': 'TLS handshake fails',
};
