import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../gateway/exchange.ts';
import type { ConsoleEntry, ConsoleValue } from '../sandbox/protocol.ts';
import { consoleText } from './console-text.ts';
import { gatewayLogLines } from './gateway-log-lines.ts';
import { ledgerSummary, ledgerText } from './ledger-words.ts';
import { arranged } from './network-tools.tsx';
import { answered, closedEarly } from './sample-exchanges.test-data.ts';

const ORIGIN = 'https://api.example.com';
const text = (value: string): ConsoleValue => ({ type: 'string', text: value });
const entry = (level: ConsoleEntry['level'], values: ConsoleValue[], depth?: number): ConsoleEntry => ({
  kind: 'console',
  level,
  values,
  at: 0,
  position: null,
  ...(depth === undefined ? {} : { depth }),
});

describe('the network table', () => {
  const lost: Exchange = { ...closedEarly, id: 3, client: { ...closedEarly.client, status: null, error: 'reset' } };
  const all = [closedEarly, answered, lost];
  const ids = (column: number, down: boolean, query = ''): number[] =>
    arranged(all, { column, down, query }, ORIGIN).map(({ id }) => id);

  it('sorts by status, requests without one last', () => {
    expect(ids(3, false)).toEqual([2, 1, 3]);
    expect(ids(3, true)).toEqual([3, 1, 2]);
  });

  it('keeps the order of sending among equals, up and down', () => {
    expect(ids(1, true)).toEqual([1, 2, 3]);
    expect(ids(0, true)).toEqual([3, 2, 1]);
  });

  it('filters by every word of the query', () => {
    expect(ids(0, false, 'reset')).toEqual([3]);
    expect(ids(0, false, 'NGINX 200')).toEqual([2]);
    expect(ids(0, false, '502 200')).toEqual([]);
  });

  it('loses no request by sorting', () => {
    const exchange = fc.record({ id: fc.nat(), status: fc.option(fc.constantFrom(200, 404, 502)), ms: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(exchange), fc.nat(5), fc.boolean(), (some, column, down) => {
        const exchanges = some.map(({ id, status, ms }) => ({
          ...answered,
          id,
          client: { ...answered.client, status, elapsedMs: ms },
        }));
        const sorted = arranged(exchanges, { column, down, query: '' }, ORIGIN);
        expect(new Set(sorted)).toEqual(new Set(exchanges));
      }),
      { numRuns: 50 },
    );
  });
});

describe("the gateway's log", () => {
  it('stands in the order in which requests ended', () => {
    const slow: Exchange = { ...closedEarly, client: { ...closedEarly.client, elapsedMs: 60_000 } };
    expect(gatewayLogLines([slow, answered]).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      '2 access',
      '1 error',
      '1 access',
    ]);
  });
});

describe('the console as text', () => {
  it('has a line for each entry, with levels, groups, causes and the final error', () => {
    const cause: ConsoleValue = { type: 'error', name: 'Error', message: 'reset', stack: '' };
    const error: ConsoleValue = {
      type: 'error',
      name: 'TypeError',
      message: 'failed',
      stack: 'at call (client.js:3:1)',
      cause,
    };
    const entries = [
      entry('log', [text('try'), { type: 'number', text: '1' }]),
      entry('warn', [text('two\nlines')], 1),
      entry('error', [error]),
    ];
    const failure = {
      kind: 'failed',
      how: 'uncaught',
      name: 'Error',
      message: 'no luck',
      stack: 'at client.js:9:7',
      at: 0,
      position: null,
    } as const;
    expect(consoleText(entries, failure)).toBe(
      [
        'try 1',
        '  Warning: two',
        '  lines',
        'Error: TypeError: failed',
        '    at call (client.js:3:1)',
        '  Caused by: Error: reset',
        'Uncaught Error: no luck',
        '    at client.js:9:7',
        '',
      ].join('\n'),
    );
  });
});

describe('the ledger', () => {
  const placed = (copy: number, outcome: 'performed' | 'replayed' = 'performed'): Exchange => ({
    ...answered,
    ledger: { effect: 'order placed', outcome, key: null, copy },
  });

  it('names duplicates', () => {
    expect(ledgerSummary([placed(1), placed(2)])).toBe('Order placed: 2 times. 1 duplicate: nobody asked for it.');
    expect(ledgerText({ effect: 'order placed', outcome: 'performed', key: null, copy: 22 })).toBe(
      'order placed, for the 22nd time: a duplicate',
    );
    expect(ledgerText({ effect: 'order placed', outcome: 'performed', key: null, copy: 11 })).toContain('11th');
  });

  it('counts what a gateway did by repeating one request', () => {
    expect(ledgerSummary([placed(4), placed(5)])).toBe('Order placed: 5 times. 4 duplicates: nobody asked for them.');
  });

  it('tells repeats that did no harm', () => {
    expect(ledgerSummary([placed(1), placed(1, 'replayed')])).toBe(
      'Order placed: 1 time. 1 repeat answered from memory.',
    );
    expect(ledgerSummary([answered])).toBe('No request has reached anything that it could change.');
  });
});
