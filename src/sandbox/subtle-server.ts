import type { Packed, SubtleAnswer, SubtleCall, SubtleError } from './subtle-wire.ts';
import { SUBTLE_METHODS } from './subtle-wire.ts';

/** Runs in the frame's document: does the cryptography that a worker of an opaque origin is not given. */

/** Operations at the same time; more wait, so that Stop leaves nothing behind that takes long. */
const AT_ONCE = 4;
/** What no lesson needs, and what nobody could stop: the browser does not interrupt an operation. */
const MAX_MODULUS = 4096;
const MAX_ITERATIONS = 10_000_000;

/** Answers the calls that arrive on a port, with keys of its own. @returns ends it */
export function serve(port: MessagePort): () => void {
  const keys = new Map<number, CryptoKey>();
  const waiting: SubtleCall[] = [];
  let running = 0;

  function pack(value: unknown): Packed {
    if (value instanceof CryptoKey) {
      const handle = keys.size + 1;
      keys.set(handle, value);
      const { type, extractable, algorithm, usages } = value;
      return { kind: 'key', handle, facts: { type, extractable, algorithm, usages } };
    }
    if (isPair(value)) {
      const { publicKey, privateKey } = value;
      const fields = [['publicKey', pack(publicKey)] as const, ['privateKey', pack(privateKey)] as const];
      return { kind: 'record', fields };
    }
    return { kind: 'value', value };
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
        return keys.get(packed.handle);
    }
  }

  async function answer({ id, method, values }: SubtleCall): Promise<SubtleAnswer> {
    try {
      const subtle = (crypto as Partial<Crypto>).subtle;
      if (!subtle) {
        const message = 'crypto.subtle needs a page that came over HTTPS or from localhost.';
        throw new DOMException(message, 'NotSupportedError');
      }
      if (!SUBTLE_METHODS.includes(method)) throw new TypeError(`crypto.subtle has no method ${method}.`);
      const given = values.map(unpack);
      for (const value of given) refuseEndless(value);
      const result: unknown = await Reflect.apply(Reflect.get(subtle, method) as Method, subtle, given);
      return { id, result: pack(result) };
    } catch (error) {
      return { id, error: told(error) };
    }
  }

  async function work(): Promise<void> {
    // A closed port sends nothing, and ending clears what waits.
    for (let call = waiting.shift(); call; call = waiting.shift()) port.postMessage(await answer(call));
    running -= 1;
  }

  port.onmessage = ({ data }: MessageEvent<SubtleCall>) => {
    waiting.push(data);
    if (running >= AT_ONCE) return;
    running += 1;
    void work();
  };
  return () => {
    waiting.length = 0;
    keys.clear();
    port.close();
  };
}

type Method = (...values: unknown[]) => Promise<unknown>;

const isPair = (value: unknown): value is CryptoKeyPair =>
  typeof value === 'object' && value !== null && 'privateKey' in value && 'publicKey' in value;

function refuseEndless(algorithm: unknown): void {
  if (typeof algorithm !== 'object' || algorithm === null) return;
  const { modulusLength, iterations } = algorithm as { modulusLength?: unknown; iterations?: unknown };
  if (Number(modulusLength) > MAX_MODULUS) {
    throw new DOMException(`The playground makes RSA keys of at most ${MAX_MODULUS} bits.`, 'OperationError');
  }
  if (Number(iterations) > MAX_ITERATIONS) {
    throw new DOMException(`The playground derives keys in at most ${MAX_ITERATIONS} iterations.`, 'OperationError');
  }
}

function told(error: unknown): SubtleError {
  if (error instanceof DOMException) return { dom: true, name: error.name, message: error.message };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { dom: false, name, message };
}
