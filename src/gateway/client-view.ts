import type { ClientView, TransportError, WireEvent } from './exchange.ts';
import { decodeBody, parseHead } from './http-message.ts';

const NO_ANSWER = { status: null, reason: null, headers: [], body: '', truncated: false } as const;

/**
 * What an HTTP client can make of the events on its connection: the status line and body that arrived, or the error that
 * it meets instead. Times are those of the events.
 * @param method method of the request, because a response to HEAD has no body
 */
export function clientViewOf(wire: readonly WireEvent[], method: string): ClientView {
  let bytes = '';
  for (const event of wire) {
    if (event.kind === 'bytes') bytes += event.bytes;
    const view = viewAt(bytes, method, event);
    if (view) return view;
  }
  // The events end before the message: whoever watches has seen this much.
  const silence: WireEvent = { at: wire.at(-1)?.at ?? 0, kind: 'stall' };
  return viewAt(bytes, method, silence) ?? { ...NO_ANSWER, error: 'timeout', elapsedMs: silence.at };
}

/** The view once `event` has happened, or null when the client goes on waiting. */
function viewAt(bytes: string, method: string, event: WireEvent): ClientView | null {
  const parsed = parseHead(bytes, method);
  const elapsedMs = event.at;
  if (parsed.kind === 'not-http' && bytes !== '') return { ...NO_ANSWER, body: bytes, error: 'not-http', elapsedMs };
  if (parsed.kind !== 'head') {
    const error = endingOf(event, bytes === '' ? 'empty-reply' : 'truncated');
    return error ? { ...NO_ANSWER, truncated: bytes !== '', error, elapsedMs } : null;
  }
  const { status, reason, headers } = parsed.head;
  const { body, complete, malformed } = decodeBody(bytes.slice(parsed.bodyStart), parsed.framing);
  const answer = { status, reason, headers, body, elapsedMs };
  if (complete) return { ...answer, truncated: false, error: null };
  if (malformed) return { ...answer, truncated: true, error: 'truncated' };
  if (parsed.framing.kind === 'close' && event.kind === 'close') return { ...answer, truncated: false, error: null };
  const error = endingOf(event, 'truncated');
  return error ? { ...answer, truncated: true, error } : null;
}

function endingOf(event: WireEvent, whenClosed: TransportError): TransportError | null {
  switch (event.kind) {
    case 'bytes':
      return null;
    case 'close':
      return whenClosed;
    case 'reset':
      return 'reset';
    case 'stall':
      return 'timeout';
    case 'connect-failed':
      return event.reason;
    case 'lookup-failed':
      return 'dns';
    case 'tls-failed':
      return 'tls';
  }
}
