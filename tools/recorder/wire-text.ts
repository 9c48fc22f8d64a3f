import { changeChunked } from '../../src/gateway/chunked-body.ts';
import type { WireEvent } from '../../src/gateway/exchange.ts';
import { parseHead } from '../../src/gateway/http-message.ts';
import { LENGTH_PLACEHOLDER } from '../../src/gateway/filled-wire.ts';
import { bytesOf } from '../../src/gateway/pass-on.ts';
import { maskPlaces, type Places } from '../../src/gateway/places.ts';
import { maskVolatile } from '../../src/gateway/profile.ts';
import type { Volatile } from '../../src/gateway/recording.ts';

/**
 * Times as they are stored. What took less than 50 ms took as long as this machine needs and is stored as 1; the rest is
 * rounded to 100 ms. So two recordings of the same behavior have the same text.
 */
const steadyTime = (ms: number): number => (ms < 50 ? 1 : Math.round(ms / 100) * 100);

/** A timer that is looked at rarely may end early by this part of a grain, because it began in the middle of one. */
const EARLY_GRAINS = 0.45;
/** No timer of the gateways is shorter, ms. */
const SHORTEST_TIMER_MS = 2000;

/**
 * Wire events with steady times, where bytes of one moment are one event however TCP cut them.
 * @param grainMs how rarely the gateway looks at its timers: the first event and the last, which a timer may have brought
 *   about, are put at the last multiple before them
 */
export function steadyWire(events: readonly WireEvent[], grainMs = 0): WireEvent[] {
  const steady: WireEvent[] = [];
  for (const [index, event] of events.entries()) {
    const byTimer =
      grainMs > 0 &&
      event.at >= SHORTEST_TIMER_MS - EARLY_GRAINS * grainMs &&
      (index === 0 || index === events.length - 1);
    const at = byTimer ? Math.floor(event.at / grainMs + EARLY_GRAINS) * grainMs : steadyTime(event.at);
    const last = steady.at(-1);
    if (event.kind === 'bytes' && last?.kind === 'bytes' && last.at === at) {
      steady[steady.length - 1] = { ...last, bytes: last.bytes + event.bytes };
    } else steady.push({ ...event, at });
  }
  return steady;
}

/**
 * Puts placeholders into what the client got: into the head, interim ones before it, and the body. Where a placeholder in
 * the body can have another length than what it stands for, Content-Length becomes a placeholder too; chunks are as long
 * as their masked text.
 */
export function maskWire(events: readonly WireEvent[], rules: readonly Volatile[], places: Places): WireEvent[] {
  const bytes = bytesOf(events);
  const chunked = changeChunked(bytes, {
    head: (text) => maskHead(text, rules, places),
    body: (text) => maskBody(text, rules, places),
  });
  if (chunked !== null && events.filter(({ kind }) => kind === 'bytes').length === 1) {
    return events.map((event) => (event.kind === 'bytes' ? { ...event, bytes: chunked } : event));
  }
  const bodyStart = startOfBody(bytes);
  let headLeft = bodyStart;
  const bodies: { readonly real: string; readonly masked: string }[] = [];
  const masked = events.map((event) => {
    if (event.kind !== 'bytes') return event;
    const head = event.bytes.slice(0, headLeft);
    const real = event.bytes.slice(headLeft);
    headLeft -= head.length;
    const body = { real, masked: maskBody(real, rules, places) };
    bodies.push(body);
    return { ...event, bytes: maskHead(head, rules, places) + body.masked };
  });
  if (bodies.every((body) => body.masked === body.real)) return masked;
  const length = new RegExp(`(?<=^Content-Length: )${bytes.length - bodyStart}(?=\\r$)`, 'im');
  return masked.map((event) =>
    event.kind === 'bytes' ? { ...event, bytes: event.bytes.replace(length, LENGTH_PLACEHOLDER) } : event,
  );
}

function startOfBody(bytes: string): number {
  const parsed = parseHead(bytes, 'GET');
  if (parsed.kind === 'head') return parsed.bodyStart;
  if (parsed.kind === 'incomplete') return bytes.length;
  // A head with a broken first line, which no client can read, is still one that the gateway wrote.
  const end = bytes.startsWith('HTTP/') ? bytes.indexOf('\r\n\r\n') : -1;
  return end < 0 ? 0 : end + 4;
}

/** Gateways that add no Date of their own pass the upstream's on. */
const PASSED_DATE = /(?<=^Date: )[A-Z][^\r\n]+/gim;

const maskHead = (text: string, rules: readonly Volatile[], places: Places): string =>
  maskVolatile(maskPlaces(text, places), 'head', rules).replace(PASSED_DATE, '{{date}}');

const maskBody = (text: string, rules: readonly Volatile[], places: Places): string =>
  maskVolatile(maskPlaces(text, places), 'body', rules);

/** Puts placeholders into lines of a log. */
export const maskLog = (
  lines: readonly string[],
  log: 'access' | 'error',
  rules: readonly Volatile[],
  places: Places,
): string[] => lines.map((line) => maskVolatile(maskPlaces(line, places), log, rules));
