import { clientViewOf } from '../../src/gateway/client-view.ts';
import { expandText } from '../../src/gateway/compact-text.ts';
import { filledWire } from '../../src/gateway/filled-wire.ts';
import type { ClientView, WireEvent } from '../../src/gateway/exchange.ts';
import type { RecordedOutcome } from '../../src/gateway/recording.ts';

/** What a gateway told client and log about one fault, with the changing parts masked: all of it but the times. */
export type Told = Pick<ClientView, 'status' | 'reason' | 'headers' | 'body' | 'truncated' | 'error'> & {
  /** First lines of the interim responses that came before the answer. */
  readonly interim: readonly string[];
  /** How the client's connection ended; null when the client left first. */
  readonly end: WireEvent['kind'] | null;
  readonly attempts: number;
  readonly accessLog: readonly string[];
  readonly errorLog: readonly string[];
  readonly crash: string | null;
};

/** What the gateway told in a recording. */
export function toldBy({ wire, attempts, log, crash }: RecordedOutcome, method: string): Told {
  const expanded = wire.map((event) => (event.kind === 'bytes' ? { ...event, bytes: expandText(event.bytes) } : event));
  const events = filledWire(expanded, (text) => text);
  const { status, reason, headers, body, truncated, error } = clientViewOf(events, method);
  return {
    interim: interimIn(events),
    ...{ status, reason, headers, body, truncated, error },
    end: events.findLast(({ kind }) => kind !== 'bytes')?.kind ?? null,
    attempts,
    accessLog: log.access.map(expandText),
    errorLog: log.error.map(expandText),
    crash: crash ?? null,
  };
}

function interimIn(events: readonly WireEvent[]): string[] {
  const bytes = events.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  const lines: string[] = [];
  let rest = bytes;
  for (let head = INTERIM.exec(rest); head; head = INTERIM.exec(rest)) {
    lines.push(head[1] ?? '');
    rest = rest.slice(head[0].length);
  }
  return lines;
}

const INTERIM = /^(HTTP\/1\.\d 1(?!01)\d\d[^\r\n]*)\r?\n(?:[^\r\n]+\r?\n)*\r?\n/;
