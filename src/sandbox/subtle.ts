import { SUBTLE_METHODS, type KeyFacts, type Packed, type SubtleAnswer, type SubtleMethod } from './subtle-wire.ts';

/**
 * A guest's part: `crypto.subtle`, for programs that name it. A browser gives a worker of an opaque origin none, so there
 * every call goes to the frame's document and keys are handles; where the platform has its own, that is used.
 * The cryptography is real and takes real time, for which the simulated clock waits.
 */

export interface SubtleOptions {
  /** Leads to `subtle-server.ts`; left out where the platform has its own `subtle`. */
  readonly port: MessagePort | undefined;
  /** Counts work that takes real time. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
}

type Method = (this: unknown, ...values: unknown[]) => Promise<unknown>;

/** Puts `crypto.subtle` into the program's world. */
export function installSubtle({ port, track }: SubtleOptions): void {
  const native = (crypto as Partial<Crypto>).subtle;
  if (native) followNative(native, track);
  else if (port) installProxy(port, track);
}

function followNative(subtle: SubtleCrypto, track: SubtleOptions['track']): void {
  const prototype: object = Object.getPrototypeOf(subtle) as object;
  for (const name of SUBTLE_METHODS) {
    const native = Reflect.get(prototype, name) as Method;
    define(prototype, name, function (this: unknown, ...values: unknown[]) {
      return track(Reflect.apply(native, this, values));
    } satisfies Method);
  }
}

function installProxy(port: MessagePort, track: SubtleOptions['track']): void {
  const handles = new WeakMap<object, { readonly handle: number; readonly facts: KeyFacts }>();
  const open = new Map<number, { give: (value: unknown) => void; fail: (error: unknown) => void; callSite: Error }>();
  let calls = 0;

  class CryptoKey {
    constructor() {
      throw new TypeError('Illegal constructor');
    }

    get type(): KeyType {
      return factsOf(this).type;
    }

    get extractable(): boolean {
      return factsOf(this).extractable;
    }

    get algorithm(): KeyAlgorithm {
      return factsOf(this).algorithm;
    }

    get usages(): readonly KeyUsage[] {
      return factsOf(this).usages;
    }

    get [Symbol.toStringTag](): string {
      return 'CryptoKey';
    }
  }
  class SubtleCrypto {
    get [Symbol.toStringTag](): string {
      return 'SubtleCrypto';
    }
  }

  function factsOf(key: object): KeyFacts {
    const known = handles.get(key);
    if (!known) throw new TypeError('Illegal invocation');
    return known.facts;
  }

  function keyOf(handle: number, facts: KeyFacts): object {
    const key = Object.create(CryptoKey.prototype) as object;
    handles.set(key, { handle, facts });
    return key;
  }

  /** Bytes are copied now, as the standard says: what the program writes into them later does not count. */
  function pack(value: unknown, depth = 0): Packed {
    if (typeof value !== 'object' || value === null) {
      return { kind: 'value', value: typeof value === 'function' || typeof value === 'symbol' ? {} : value };
    }
    const known = handles.get(value);
    if (known) return { kind: 'key', handle: known.handle, facts: null };
    if (value instanceof ArrayBuffer) return { kind: 'value', value: value.slice() };
    if (ArrayBuffer.isView(value)) {
      return { kind: 'value', value: value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength) };
    }
    if (depth > 4) return { kind: 'value', value: {} };
    if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => pack(item, depth + 1)) };
    const fields: (readonly [string, Packed])[] = [];
    for (const name in value) fields.push([name, pack(Reflect.get(value, name), depth + 1)]);
    return { kind: 'record', fields };
  }

  function unpack(packed: Packed): unknown {
    switch (packed.kind) {
      case 'value':
        return packed.value;
      case 'list':
        return packed.items.map(unpack);
      case 'record':
        return Object.fromEntries(packed.fields.map(([name, value]) => [name, unpack(value)]));
      case 'key':
        return packed.facts && keyOf(packed.handle, packed.facts);
    }
  }

  const call = (method: SubtleMethod, values: readonly unknown[], callSite: Error): Promise<unknown> =>
    new Promise((give, fail) => {
      const id = ++calls;
      open.set(id, { give, fail, callSite });
      port.postMessage({ id, method, values: values.map((value) => pack(value)) });
    });

  port.onmessage = ({ data }: MessageEvent<SubtleAnswer>) => {
    const asked = open.get(data.id);
    open.delete(data.id);
    if ('error' in data) asked?.fail(errorOf(data.error, asked.callSite));
    else asked?.give(unpack(data.result));
  };

  for (const method of SUBTLE_METHODS) {
    define(SubtleCrypto.prototype, method, function (this: unknown, ...values: unknown[]): Promise<unknown> {
      if (!(this instanceof SubtleCrypto)) return Promise.reject(new TypeError('Illegal invocation'));
      return track(call(method, values, new Error()));
    } satisfies Method);
  }
  define(globalThis, 'CryptoKey', CryptoKey);
  define(globalThis, 'SubtleCrypto', SubtleCrypto);
  define(crypto, 'subtle', new SubtleCrypto());
}

const ERRORS: Readonly<Record<string, ErrorConstructor>> = { TypeError, RangeError, SyntaxError };

/** The error as the platform would have thrown it where the program called. */
function errorOf({ dom, name, message }: Extract<SubtleAnswer, { error: unknown }>['error'], callSite: Error): Error {
  const error = dom ? new DOMException(message, name) : new (ERRORS[name] ?? Error)(message);
  const [, ...frames] = (callSite.stack ?? '').split('\n');
  define(error, 'stack', [`${name}: ${message}`, ...frames].join('\n'));
  return error;
}

function define(target: object, name: string, value: unknown): void {
  if (typeof value === 'function') Object.defineProperty(value, 'name', { value: name });
  Object.defineProperty(target, name, { configurable: true, writable: true, enumerable: false, value });
}
