import type { ConsoleValue } from './protocol.ts';

/** What fits into one console entry; the rest is counted. */
const LIMITS = { depth: 4, items: 100, values: 2000, textLength: 10_000, nameLength: 200 };

/**
 * A JavaScript value as the console shows it. Never throws and never runs the reader's getters.
 * @param framesOf reduces an error's stack to the reader's own frames
 */
export function consoleValue(value: unknown, framesOf: (stack: string | undefined) => string): ConsoleValue {
  return new Describer(framesOf).describe(value, 0);
}

class Describer {
  readonly #framesOf: (stack: string | undefined) => string;
  #values = 0;
  /** Objects that enclose the one being described. */
  readonly #path = new Set<object>();

  constructor(framesOf: (stack: string | undefined) => string) {
    this.#framesOf = framesOf;
  }

  describe(value: unknown, depth: number): ConsoleValue {
    if (++this.#values > LIMITS.values) return { type: 'elided', text: '…' };
    switch (typeof value) {
      case 'string':
        return { type: 'string', text: shortened(value) };
      case 'number':
        return { type: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
      case 'bigint':
        return { type: 'bigint', text: shortened(`${value}n`) };
      case 'boolean':
        return { type: 'boolean', text: String(value) };
      case 'symbol':
        return { type: 'symbol', text: named(String(value)) };
      case 'object':
      case 'function':
        return this.#reference(value, depth);
      default:
        return { type: 'undefined', text: 'undefined' };
    }
  }

  #reference(value: object | null, depth: number): ConsoleValue {
    if (value === null) return { type: 'null', text: 'null' };
    if (this.#path.has(value)) return { type: 'elided', text: '(circular)' };
    this.#path.add(value);
    try {
      return this.#object(value, depth);
    } catch (error) {
      return {
        type: 'elided',
        text: `(cannot be shown: ${error instanceof Error ? named(textOf(error.message)) : 'unknown'})`,
      };
    } finally {
      this.#path.delete(value);
    }
  }

  #object(value: object, depth: number): ConsoleValue {
    if (typeof value === 'function') return functionValue(value);
    if (value instanceof Error) return this.#error(value, depth);
    if (value instanceof Date) return record(`Date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}`);
    if (value instanceof RegExp) return record(`RegExp ${String(value)}`);
    if (value instanceof URL) return record(`URL ${value.href}`);
    if (value instanceof Promise) return record('Promise');
    if (value instanceof ArrayBuffer) return record(`ArrayBuffer of ${value.byteLength} bytes`);
    if (depth >= LIMITS.depth) return { type: 'elided', text: Array.isArray(value) ? '[…]' : '{…}' };
    if (Array.isArray(value)) return this.#list('', value, value.length, depth);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return this.#list(classOf(value), value as unknown as Iterable<unknown>, (value as Uint8Array).length, depth);
    }
    if (value instanceof Set) return this.#list('Set', value, value.size, depth);
    if (value instanceof Map) return this.#map(value, depth);
    return this.#record(value, depth);
  }

  #error(error: Error, depth: number): ConsoleValue {
    const cause = error instanceof AggregateError ? error.errors : error.cause;
    const described = {
      type: 'error',
      // Programs may set anything as name or message.
      name: named(textOf(error.name)),
      message: shortened(textOf(error.message)),
      stack: shortened(this.#framesOf(error.stack)),
    } as const;
    return cause === undefined ? described : { ...described, cause: this.describe(cause, depth + 1) };
  }

  #list(label: string, values: Iterable<unknown>, length: number, depth: number): ConsoleValue {
    const items = take(values, LIMITS.items).map((item) => this.describe(item, depth + 1));
    return { type: 'list', label, items, more: length - items.length };
  }

  #map(map: Map<unknown, unknown>, depth: number): ConsoleValue {
    const entries = take(map, LIMITS.items).map(
      ([key, value]) => [this.describe(key, depth + 1), this.describe(value, depth + 1)] as const,
    );
    return { type: 'map', label: 'Map', entries, more: map.size - entries.length };
  }

  #record(value: object, depth: number): ConsoleValue {
    const all = fieldsOf(value);
    const fields = all
      .slice(0, LIMITS.items)
      .map(([name, read]) => [named(name), read.hidden ? GETTER : this.describe(read.value, depth + 1)] as const);
    return { type: 'record', label: classOf(value), fields, more: all.length - fields.length };
  }
}

const GETTER: ConsoleValue = { type: 'elided', text: '(getter)' };

const record = (label: string): ConsoleValue => ({ type: 'record', label: shortened(label), fields: [], more: 0 });

type Field = readonly [name: string, read: { readonly value?: unknown; readonly hidden?: boolean }];

/** Own fields, and for the platform's network objects what a program would ask of them. */
function fieldsOf(value: object): Field[] {
  const asked = (names: readonly string[]): Field[] =>
    names.map((name) => [name, { value: Reflect.get(value, name) as unknown }]);
  if (value instanceof Response)
    return asked(['status', 'statusText', 'ok', 'type', 'redirected', 'url', 'bodyUsed', 'headers']);
  if (value instanceof Request) return asked(['method', 'url', 'headers']);
  if (value instanceof Blob) return asked(['size', 'type']);
  if (value instanceof AbortSignal) return asked(['aborted', 'reason']);
  if (value instanceof Headers || value instanceof URLSearchParams || value instanceof FormData) {
    return [...value].map(([name, text]) => [name, { value: text }]);
  }
  return Reflect.ownKeys(value).flatMap((key): Field[] => {
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    if (!descriptor?.enumerable) return [];
    const name = typeof key === 'symbol' ? `[${String(key)}]` : key;
    return [[name, descriptor.get || descriptor.set ? { hidden: true } : { value: descriptor.value as unknown }]];
  });
}

/** The name of an object's class; empty for a plain object. */
function classOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return '';
  const constructor: unknown = Reflect.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' ? named(constructor.name) : '';
}

function functionValue(value: object): ConsoleValue {
  const name: unknown = Reflect.getOwnPropertyDescriptor(value, 'name')?.value;
  const type = /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'function';
  return { type, text: typeof name === 'string' && name !== '' ? named(name) : '(anonymous)' };
}

function take<T>(values: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length === count) break;
    taken.push(value);
  }
  return taken;
}

/** A value as `String` writes it. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value));

function shortened(text: string, length = LIMITS.textLength): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length)}… (${text.length - length} more characters)`;
}

const named = (name: string): string => shortened(name, LIMITS.nameLength);
