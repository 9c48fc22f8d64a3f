import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadScenario, recordingsFor } from '../build/scenarios.ts';
import type { GuestMessage } from './protocol.ts';
import { isGuestMessage } from './guest-message.ts';
import { exchangeCutter } from './cut-exchange.ts';
import { runInNode } from './run-in-node.ts';

const result = await runInNode({
  code: `console.log('a', 1, { deep: [new Map([['k', new Error('e', { cause: 'c' })]])] }, new Set([1n]), null, () => {});
console.table([{ a: 1 }]);
await fetch('/orders/42');
await fetch('/orders/42', { signal: AbortSignal.timeout(1) }).catch(() => undefined);
throw new TypeError('end');`,
  fileName: 'a.js',
  scenario: loadScenario('first-two-attempts-fail'),
  recordings: recordingsFor('nginx'),
});
const [exchange] = result.exchanges;
if (!exchange || !result.failure) throw new Error('The run that this test needs went otherwise.');

const genuine: readonly GuestMessage[] = [
  { kind: 'ready' },
  ...result.console,
  { kind: 'requested', id: 1, at: 0, method: 'GET', url: 'https://api.example.com/' },
  ...result.exchanges.map((one) => ({ kind: 'exchanged', exchange: one }) as const),
  result.failure,
  { kind: 'paused', at: 5 },
  { kind: 'finished', simulatedMs: 5 },
];

/** All paths to values inside a value. */
function* paths(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* paths(inner, [...path, name]);
  }
}

/** The value with another one at a path. */
function withAt(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
  if (name === undefined) return other;
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  Reflect.set(copy as object, name, withAt(Reflect.get(value as object, name), rest, other));
  return copy;
}

describe('the page takes', () => {
  it('every message of a real run', () => {
    for (const message of genuine) expect(isGuestMessage(structuredClone(message)), JSON.stringify(message)).toBe(true);
  });

  it('no message in which a value that is drawn has another type', () => {
    for (const message of genuine) {
      for (const path of paths(message)) {
        for (const other of [
          Number.NaN,
          Number.POSITIVE_INFINITY,
          1n,
          Symbol('x'),
          new Date(0),
          new Map(),
          () => 1,
          /x/,
        ]) {
          expect(
            isGuestMessage(withAt(message, path, other)),
            `${path.join('.')}: ${Object.prototype.toString.call(other)}`,
          ).toBe(false);
        }
        const other = path.length > 0 && path.at(-1) !== 'name' ? { not: 'expected' } : [];
        expect(isGuestMessage(withAt(message, path, other)), `${path.join('.')}: a record`).toBe(false);
      }
    }
  });

  it('nothing that names a prototype', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const poisoned: unknown = JSON.parse(`{"kind":"finished","simulatedMs":1,"${name}":{"polluted":true}}`);
      expect(isGuestMessage(structuredClone(poisoned))).toBe(false);
      const deep = withAt(genuine[1], ['values', '0'], { type: 'string', text: 'x', ...(poisoned as object) });
      expect(isGuestMessage(JSON.parse(JSON.stringify(deep).replace('"kind":"finished"', '"a":1')))).toBe(false);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('nothing of absurd size', () => {
    const text = (length: number): GuestMessage => ({
      kind: 'console',
      level: 'log',
      values: [{ type: 'string', text: 'x'.repeat(length) }],
      at: 0,
      position: null,
    });
    expect([text(10_000), text(3_000_000)].map(isGuestMessage)).toEqual([true, false]);
    expect(
      isGuestMessage({ kind: 'exchanged', exchange: { ...exchange, log: { access: [], error: Array(1e6).fill('') } } }),
    ).toBe(false);
    let deep: unknown = { type: 'string', text: 'x' };
    for (let level = 0; level < 50; level++) deep = { type: 'list', label: '', items: [deep], more: 0 };
    expect(isGuestMessage({ ...genuine[1], values: [deep] })).toBe(false);
  });

  it('nothing else', () => {
    fc.assert(
      fc.property(fc.anything({ withMap: true, withBigInt: true, withDate: true }), (value) => !isGuestMessage(value)),
    );
  });
});

describe('an exchange that is too long', () => {
  const longBody = { ...exchange, request: { ...exchange.request, body: 'x'.repeat(5_000_000) } };

  it('reaches the page cut, and says by how much', () => {
    const cut = exchangeCutter()(longBody);
    expect(cut.request.body).toMatch(/^x{20000}\.\.\. \(4980000 more bytes were left out\)$/);
    expect({ ...cut, request: null }).toEqual({ ...exchange, request: null });
    expect(isGuestMessage({ kind: 'exchanged', exchange: cut })).toBe(true);
  });

  it('is cut further when there are many', () => {
    const cut = exchangeCutter();
    const lengths = Array.from({ length: 1000 }, () => JSON.stringify(cut(longBody)).length);
    expect(lengths.reduce((sum, length) => sum + length)).toBeLessThan(12_000_000);
  });

  it('stays as it is when it is of a usual size', () => {
    expect(exchangeCutter()(exchange)).toEqual(exchange);
  });
});
