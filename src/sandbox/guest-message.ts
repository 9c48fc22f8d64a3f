import type { GuestMessage } from './protocol.ts';

/**
 * Is this a message that a guest may send? The reader's program runs beside the guest and might make it send something
 * else, so the page looks at every message before it draws from it: at the type of every field that a view reads, and at
 * the size of all of it. What arrived is a copy without code; a name such as `__proto__` is refused all the same.
 */
export const isGuestMessage = (value: unknown): value is GuestMessage =>
  isPlain(value, { values: 20_000, characters: 2_000_000 }, 0) && MESSAGE(value);

/** What one message may hold at most; the guest's own limits are lower. */
interface Room {
  values: number;
  characters: number;
}

const MAX_DEPTH = 24;
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/** Only what JSON knows, and not too much of it. Takes from `room` what it finds. */
function isPlain(value: unknown, room: Room, depth: number): boolean {
  room.values -= 1;
  if (typeof value === 'string') room.characters -= value.length;
  if (room.values < 0 || room.characters < 0 || depth > MAX_DEPTH) return false;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  const inner = (item: unknown): boolean => isPlain(item, room, depth + 1);
  if (Array.isArray(value)) return value.length <= room.values && value.every(inner);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(([name, item]) => {
    room.characters -= name.length;
    return !FORBIDDEN.includes(name) && inner(item);
  });
}

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const flag: Check = (value) => typeof value === 'boolean';
const nullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...texts: readonly string[]): Check =>
  (value) =>
    texts.includes(value as string);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const pair =
  (first: Check, second: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]);
const shape =
  (fields: Fields): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check(Reflect.get(value, name)));
/** Records of several kinds, told apart by the field `tag`. */
const tagged =
  (tag: string, kinds: Readonly<Record<string, Fields>>): Check =>
  (value) => {
    const kind: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, tag) : null;
    return typeof kind === 'string' && Object.hasOwn(kinds, kind) && shape(kinds[kind] ?? {})(value);
  };

const shown: Check = (value) => CONSOLE_VALUE(value);
const TEXT: Fields = { text };
const CONSOLE_VALUE = tagged('type', {
  string: TEXT,
  number: TEXT,
  bigint: TEXT,
  boolean: TEXT,
  symbol: TEXT,
  null: TEXT,
  undefined: TEXT,
  function: TEXT,
  class: TEXT,
  elided: TEXT,
  error: { name: text, message: text, stack: text, cause: optional(shown) },
  list: { label: text, items: list(shown), more: number },
  record: { label: text, fields: list(pair(text, shown)), more: number },
  map: { label: text, entries: list(pair(shown, shown)), more: number },
});

const AT: Fields = { at: number };
const FAILED: Fields = { at: number, reason: text };
const wire = list(
  tagged('kind', {
    bytes: { at: number, bytes: text },
    close: AT,
    reset: AT,
    stall: AT,
    'connect-failed': FAILED,
    'lookup-failed': FAILED,
    'tls-failed': FAILED,
  }),
);
const headers = list(pair(text, text));
const texts = list(text);

const EXCHANGE = shape({
  id: number,
  startedAt: number,
  request: shape({ method: text, url: text, headers, body: text }),
  gateway: shape({
    id: text,
    version: text,
    provenance: tagged('kind', {
      recorded: { program: text, date: text, settings: text, standsInFor: optional(text) },
      documented: { source: text, date: text },
    }),
  }),
  fault: text,
  cause: nullOr(text),
  upstream: list(shape({ address: text, startedAt: number, wire })),
  wire,
  client: shape({
    status: nullOr(number),
    reason: nullOr(text),
    headers,
    body: text,
    truncated: flag,
    error: nullOr(text),
    elapsedMs: number,
  }),
  program: optional(shape({ error: text, why: text })),
  answeredBy: nullOr(oneOf('upstream', 'gateway')),
  verdict: text,
  log: shape({ access: texts, error: texts }),
  ledger: optional(
    shape({
      effect: text,
      outcome: oneOf('performed', 'replayed', 'refused', 'none'),
      key: nullOr(text),
      copy: number,
    }),
  ),
});

const position = nullOr(shape({ line: number, column: number }));

const MESSAGE = tagged('kind', {
  ready: {},
  console: {
    level: oneOf('log', 'info', 'warn', 'error', 'debug', 'table'),
    at: number,
    position,
    depth: optional(number),
    values: list(shown),
  },
  requested: { id: number, at: number, method: text, url: text },
  exchanged: { exchange: EXCHANGE },
  failed: {
    how: oneOf('syntax', 'uncaught', 'rejection'),
    name: text,
    message: text,
    stack: text,
    at: number,
    position,
  },
  paused: AT,
  finished: { simulatedMs: number },
});
