import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerSchema } from '../schema/ledger.ts';
import type { ExchangeRequest } from './exchange.ts';
import { Ledger, type LedgerAnswer } from './ledger.ts';

const order = (body: string, key?: string): ExchangeRequest => ({
  method: 'POST',
  url: 'https://api.example.com/orders',
  headers: key === undefined ? [] : [['Idempotency-Key', key]],
  body,
});

interface Work {
  readonly takesMs?: number | null;
  readonly status?: number;
}

/** An application that asks its ledger first, as it should. */
function applicationOf(written: object = {}) {
  const ledger = new Ledger<number>(ledgerSchema.parse(written));
  const send = (
    request: ExchangeRequest,
    at: number,
    { takesMs = 100, status = 201 }: Work = {},
  ): LedgerAnswer<number> => {
    const answer = ledger.ask(request, at);
    if (answer.kind === 'fresh') {
      ledger.perform(request, at, {
        doneAt: takesMs === null ? null : at + takesMs,
        response: status,
        status,
        hasEffect: status < 400,
      });
    }
    return answer;
  };
  return { ledger, send };
}

describe('the ledger', () => {
  it('shows the duplicate that a repeat without a key makes', () => {
    const { ledger, send } = applicationOf();
    send(order('{"item":1}'), 0);
    send(order('{"item":1}'), 1000);
    send(order('{"item":2}'), 2000);
    expect(ledger.performed).toBe(3);
    expect(ledger.duplicates).toBe(1);
    expect(ledger.effectsUntil(1100).map(({ at, copy }) => [at, copy])).toEqual([
      [100, 1],
      [1100, 2],
    ]);
  });

  it('replays the stored answer under the same key, and places nothing', () => {
    const { ledger, send } = applicationOf();
    send(order('{"item":1}', 'k1'), 0);
    expect(send(order('{"item":1}', 'k1'), 200)).toEqual({ kind: 'replayed', response: 201 });
    expect([ledger.performed, ledger.duplicates, ledger.replayed]).toEqual([1, 0, 1]);
  });

  it('replays a stored 500, too', () => {
    const { send } = applicationOf();
    send(order('{}', 'k1'), 0, { status: 500 });
    expect(send(order('{}', 'k1'), 5000)).toEqual({ kind: 'replayed', response: 500 });
  });

  it('runs anew after a 500 where only successes are stored', () => {
    const { ledger, send } = applicationOf({ stores: 'successes' });
    send(order('{}', 'k1'), 0, { status: 500 });
    expect(send(order('{}', 'k1'), 5000).kind).toBe('fresh');
    expect(send(order('{}', 'k1'), 9000)).toEqual({ kind: 'replayed', response: 201 });
    expect(ledger.performed).toBe(1);
  });

  it.each([400, 409, 422])('refuses another request under the same key with %d', (mismatch) => {
    const { ledger, send } = applicationOf({ mismatch });
    send(order('{"item":1}', 'k1'), 0);
    expect(send(order('{"item":2}', 'k1'), 200)).toEqual({ kind: 'mismatch', status: mismatch });
    expect(ledger.performed).toBe(1);
  });

  it('refuses a repeat while the first one still runs', () => {
    const { ledger, send } = applicationOf();
    send(order('{}', 'k1'), 0, { takesMs: 5000 });
    expect(send(order('{}', 'k1'), 2000)).toEqual({ kind: 'in-progress', status: 409 });
    expect(send(order('{}', 'k1'), 5000).kind).toBe('replayed');
    expect(ledger.performed).toBe(1);
  });

  it('knows nothing of work that died with its process', () => {
    const { ledger, send } = applicationOf();
    send(order('{}', 'k1'), 0, { takesMs: null });
    expect(ledger.performed).toBe(0);
    expect(send(order('{}', 'k1'), 500).kind).toBe('fresh');
    expect(ledger.duplicates).toBe(0);
  });

  it('sees a new key for each attempt for what it is: no key at all', () => {
    const { ledger, send } = applicationOf();
    send(order('{}', 'k1'), 0);
    send(order('{}', 'k2'), 500);
    expect(ledger.duplicates).toBe(1);
  });

  it('forgets a key after its time, and ignores keys where the application does', () => {
    const { ledger, send } = applicationOf({ keepFor: '60min' });
    send(order('{}', 'k1'), 0);
    expect(send(order('{}', 'k1'), 3_600_000).kind).toBe('fresh');
    expect(ledger.duplicates).toBe(1);
    const deaf = applicationOf({ keys: false });
    deaf.send(order('{}', 'k1'), 0);
    expect(deaf.send(order('{}', 'k1'), 500).kind).toBe('fresh');
  });

  it('never places an order twice under one key, whatever comes in which order', () => {
    const request = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      body: fc.constantFrom('1', '2'),
      gap: fc.nat(300),
      takesMs: fc.option(fc.nat(500)),
      status: fc.constantFrom(201, 500),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
        const { ledger, send } = applicationOf();
        let at = 0;
        for (const { key, body, gap, takesMs, status } of requests) {
          at += gap;
          send(order(body, key), at, { takesMs, status });
        }
        const keys = ledger.effectsUntil(Infinity).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(ledger.performed).toBe(keys.length);
      }),
    );
  });
});
