import { clientViewOf } from './client-view.ts';
import type { ClientView, Header, WireEvent } from './exchange.ts';
import { LENGTH_PLACEHOLDER } from './filled-wire.ts';
import { parseHead } from './http-message.ts';
import { templateOf } from './profile.ts';
import type { Recording, Volatile, VolatileContext } from './recording.ts';
import { fillTemplate, hasPlaceholder, type Template } from './template.ts';

/**
 * What travels to a client, taken apart once for all exchanges that differ in nothing but times, dates and numbers. A
 * simulated second of a busy service is thousands of them.
 */
export interface PreparedWire {
  readonly events: readonly PreparedEvent[];
  /** What the client makes of it; its headers may hold placeholders. */
  readonly view: Omit<ClientView, 'headers' | 'elapsedMs'>;
  readonly headers: readonly (readonly [name: string, value: string | Template])[];
  /** The event after which the client knew. */
  readonly knownAt: number;
}

interface PreparedEvent {
  readonly event: WireEvent;
  /** The event's bytes; null where it has none or they never change. */
  readonly template: Template | null;
}

/**
 * Prepares the events of an answer.
 * @param wire the events with their placeholders; `at` is that of the recording
 * @param ownBody the body is the application's: what looks like a placeholder in it is none
 * @returns null where filling a placeholder could change more than the text in its place
 */
export function prepareWire(
  wire: readonly WireEvent[],
  ownBody: boolean,
  method: string,
  rules: readonly Volatile[],
): PreparedWire | null {
  const [only, more] = wire.filter((event) => event.kind === 'bytes');
  // Where a head is cut depends on its length, so one that came in pieces is written anew each time.
  if (more || method === 'HEAD') return null;
  const bytes = only?.bytes ?? '';
  const parsed = parseHead(bytes, 'GET');
  if (parsed.kind === 'incomplete' && bytes !== '') return null;
  const bodyStart = parsed.kind === 'head' ? parsed.bodyStart : 0;
  const body = bytes.slice(bodyStart);
  if (bytes.includes(LENGTH_PLACEHOLDER) || (!ownBody && hasPlaceholder(body))) return null;

  const { texts, fills } = templateOf(bytes.slice(0, bodyStart), rules);
  const template = fills.length === 0 ? null : { fills, texts: [...texts.slice(0, -1), (texts.at(-1) ?? '') + body] };
  const {
    headers,
    elapsedMs: knownAt,
    ...view
  } = clientViewOf(
    wire.map((event, at) => ({ ...event, at })),
    method,
  );
  if (hasPlaceholder(view.reason ?? '') || headers.some(framesWithPlaceholder)) return null;
  return {
    events: wire.map((event) => ({ event, template: event.kind === 'bytes' ? template : null })),
    view,
    headers: headers.map(([name, value]) => [name, hasPlaceholder(value) ? templateOf(value, rules) : value] as const),
    knownAt,
  };
}

const framesWithPlaceholder = ([name, value]: Header): boolean =>
  hasPlaceholder(value) && /^(content-length|transfer-encoding)$/i.test(name);

export interface PlayedWire {
  readonly wire: readonly WireEvent[];
  readonly client: ClientView;
  /** Bytes sent in all. */
  readonly sentBytes: number;
}

/** @param timeOf ms at which a recorded event reaches the client */
export function playPrepared(
  { events, view, headers, knownAt }: PreparedWire,
  context: VolatileContext,
  timeOf: (recordedMs: number) => number,
): PlayedWire {
  let sentBytes = 0;
  const wire: WireEvent[] = [];
  for (const { event, template } of events) {
    const at = timeOf(event.at);
    if (event.kind !== 'bytes') {
      wire.push({ ...event, at });
      continue;
    }
    const bytes = template ? fillTemplate(template, context) : event.bytes;
    sentBytes += bytes.length;
    wire.push({ ...event, at, bytes });
  }
  const filled: Header[] = headers.map(([name, value]) => [
    name,
    typeof value === 'string' ? value : fillTemplate(value, context),
  ]);
  const { status, reason, body, truncated, error } = view;
  const elapsedMs = wire[knownAt]?.at ?? 0;
  // In the order in which clientViewOf writes the fields: an exchange is the same JSON, whichever way it was made.
  const client: ClientView =
    status === null
      ? { status, reason, headers: filled, body, truncated, error, elapsedMs }
      : { status, reason, headers: filled, body, elapsedMs, truncated, error };
  return { wire, sentBytes, client };
}

/** Answers that are remembered for one recording and method. More differ in their own headers, such as RateLimit. */
const MAX_KNOWN = 64;
/** Longer ones are not remembered, bytes. */
const MAX_LENGTH = 65_536;

/** What is known of the bytes that an upstream sent: an answer that was prepared, that none can be, or that they came once. */
type Known = Map<string, PreparedWire | null | 'seen'>;

/** Remembers prepared answers by recording, method and the bytes that the upstream sent. */
export class PreparedWires {
  readonly #known = new WeakMap<Recording, Map<string, Known>>();

  /** @param make called when the same bytes come for the second time; before that it is not worth it */
  find(recording: Recording, method: string, sent: string, make: () => PreparedWire | null): PreparedWire | null {
    if (sent.length > MAX_LENGTH) return null;
    const bySent = this.#knownOf(recording, method);
    const known = bySent.get(sent);
    if (known !== undefined && known !== 'seen') return known;
    if (known === undefined && bySent.size >= MAX_KNOWN) bySent.clear();
    const made = known === 'seen' ? make() : null;
    bySent.set(sent, known === 'seen' ? made : 'seen');
    return made;
  }

  #knownOf(recording: Recording, method: string): Known {
    const byMethod = this.#known.get(recording) ?? new Map<string, Known>();
    this.#known.set(recording, byMethod);
    const bySent: Known = byMethod.get(method) ?? new Map<string, PreparedWire | null | 'seen'>();
    byMethod.set(method, bySent);
    return bySent;
  }
}
