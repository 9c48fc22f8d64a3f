import { changeChunked } from './chunked-body.ts';
import type { WireEvent } from './exchange.ts';
import { parseHead } from './http-message.ts';

/** Stands for the length of a body in which a placeholder stands for a text of another length. */
export const LENGTH_PLACEHOLDER = '{{content-length}}';

/** Recorded events with their placeholders filled, and then the length of the body, or of its chunk, where it changed. */
export function filledWire(wire: readonly WireEvent[], fill: (text: string) => string): WireEvent[] {
  const [only, more] = wire.filter((event) => event.kind === 'bytes');
  const chunked = only && !more ? changeChunked(only.bytes, { head: fill, body: fill }) : null;
  if (chunked !== null) return wire.map((event) => (event.kind === 'bytes' ? { ...event, bytes: chunked } : event));
  const texts = wire.map((event) =>
    event.kind === 'bytes'
      ? { ...event, bytes: event.bytes.split(LENGTH_PLACEHOLDER).map(fill).join(LENGTH_PLACEHOLDER) }
      : event,
  );
  const bytes = texts.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  if (!bytes.includes(LENGTH_PLACEHOLDER)) return texts;
  const parsed = parseHead(bytes, 'GET');
  const length = String(bytes.length - (parsed.kind === 'head' ? parsed.bodyStart : 0));
  return texts.map((event) =>
    event.kind === 'bytes' ? { ...event, bytes: event.bytes.replace(LENGTH_PLACEHOLDER, length) } : event,
  );
}
