import type { WireEvent } from '../../src/gateway/exchange.ts';
import { maskVolatile } from '../../src/gateway/profile.ts';
import type { Volatile } from '../../src/gateway/recording.ts';

/**
 * Times as they are stored. What took less than 50 ms took as long as this machine needs and is stored as 1; the rest is
 * rounded to 100 ms. So two recordings of the same behavior have the same text.
 */
const steadyTime = (ms: number): number => (ms < 50 ? 1 : Math.round(ms / 100) * 100);

/** Wire events with steady times, where bytes of one moment are one event however TCP cut them. */
export function steadyWire(events: readonly WireEvent[]): WireEvent[] {
  const steady: WireEvent[] = [];
  for (const event of events) {
    const at = steadyTime(event.at);
    const last = steady.at(-1);
    if (event.kind === 'bytes' && last?.kind === 'bytes' && last.at === at) {
      steady[steady.length - 1] = { ...last, bytes: last.bytes + event.bytes };
    } else steady.push({ ...event, at });
  }
  return steady;
}

/** Puts placeholders into the head of the response; the body stays as it came. */
export function maskWire(events: readonly WireEvent[], rules: readonly Volatile[]): WireEvent[] {
  const all = events.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  const end = all.indexOf('\r\n\r\n');
  let headLeft = end < 0 ? 0 : end;
  return events.map((event) => {
    if (event.kind !== 'bytes') return event;
    const head = event.bytes.slice(0, headLeft);
    const rest = event.bytes.slice(headLeft);
    headLeft -= head.length;
    return { ...event, bytes: maskVolatile(head, 'head', rules) + rest };
  });
}
