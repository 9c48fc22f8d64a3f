import type { GuestMessage } from './protocol.ts';

/**
 * Is this a message that a guest may send? The reader's program runs beside the guest and might send something of its
 * own, so the page looks at every message before it draws from it.
 */
export function isGuestMessage(value: unknown): value is GuestMessage {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'ready':
      return true;
    case 'console':
      return (
        has(value, { level: 'string', at: 'number' }) &&
        isPosition(value['position']) &&
        (value['depth'] === undefined || typeof value['depth'] === 'number') &&
        isListOf(value['values'], (item) => isConsoleValue(item, 0))
      );
    case 'requested':
      return has(value, { id: 'number', at: 'number', method: 'string', url: 'string' });
    case 'exchanged':
      return isExchange(value['exchange']);
    case 'failed':
      return (
        has(value, { how: 'string', name: 'string', message: 'string', stack: 'string', at: 'number' }) &&
        isPosition(value['position'])
      );
    case 'paused':
      return has(value, { at: 'number' });
    case 'finished':
      return has(value, { simulatedMs: 'number' });
    default:
      return false;
  }
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isListOf = (value: unknown, check: Check): boolean => Array.isArray(value) && value.every(check);
const isText: Check = (value) => typeof value === 'string';
const isPair =
  (first: Check, second: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]);
const isHeaders: Check = (value) => isListOf(value, isPair(isText, isText));

const has = (value: Fields, types: Readonly<Record<string, 'string' | 'number' | 'boolean'>>): boolean =>
  Object.entries(types).every(([name, type]) => typeof value[name] === type);

const isPosition: Check = (value) =>
  value === null || (isRecord(value) && has(value, { line: 'number', column: 'number' }));

/** Deeper than the guest's own limit means that the guest did not make it. */
const MAX_DEPTH = 12;

function isConsoleValue(value: unknown, depth: number): boolean {
  if (!isRecord(value) || depth > MAX_DEPTH) return false;
  const inner: Check = (item) => isConsoleValue(item, depth + 1);
  switch (value['type']) {
    case 'error':
      return (
        has(value, { name: 'string', message: 'string', stack: 'string' }) &&
        (value['cause'] === undefined || inner(value['cause']))
      );
    case 'list':
      return has(value, { label: 'string', more: 'number' }) && isListOf(value['items'], inner);
    case 'record':
      return has(value, { label: 'string', more: 'number' }) && isListOf(value['fields'], isPair(isText, inner));
    case 'map':
      return has(value, { label: 'string', more: 'number' }) && isListOf(value['entries'], isPair(inner, inner));
    default:
      return has(value, { type: 'string', text: 'string' });
  }
}

const isWire: Check = (value) =>
  isListOf(value, (event) => isRecord(event) && has(event, { at: 'number', kind: 'string' }));

function isExchange(value: unknown): boolean {
  if (!isRecord(value) || !has(value, { id: 'number', startedAt: 'number', fault: 'string', verdict: 'string' }))
    return false;
  const { request, gateway, client, program, log, upstream, wire } = value;
  return (
    (program === undefined || (isRecord(program) && has(program, { error: 'string', why: 'string' }))) &&
    isRecord(request) &&
    has(request, { method: 'string', url: 'string', body: 'string' }) &&
    isHeaders(request['headers']) &&
    isRecord(gateway) &&
    has(gateway, { id: 'string', version: 'string' }) &&
    isRecord(gateway['provenance']) &&
    isRecord(client) &&
    has(client, { body: 'string', truncated: 'boolean', elapsedMs: 'number' }) &&
    isHeaders(client['headers']) &&
    isRecord(log) &&
    isListOf(log['access'], isText) &&
    isListOf(log['error'], isText) &&
    isWire(wire) &&
    isListOf(
      upstream,
      (hop) => isRecord(hop) && has(hop, { address: 'string', startedAt: 'number' }) && isWire(hop['wire']),
    )
  );
}
