import { describe, expect, it } from 'vitest';
import { readerConsole } from './console.ts';
import { consoleValue } from './console-value.ts';
import { isGuestMessage } from './guest-message.ts';
import type { ConsoleEntry, ConsoleValue } from './protocol.ts';
import { readerStack } from './stack.ts';

const shown = (value: unknown): ConsoleValue => consoleValue(value, () => '');
const text = (type: string, value: string) => ({ type, text: value });

describe('a value in the console', () => {
  it.each([
    ['text', 'a', text('string', 'a')],
    ['negative zero', -0, text('number', '-0')],
    ['a bigint', 10n, text('bigint', '10n')],
    ['null', null, text('null', 'null')],
    ['undefined', undefined, text('undefined', 'undefined')],
    ['a function', function f() {}, text('function', 'f')],
    [
      'a class',
      class Order {
        id = 1;
      },
      text('class', 'Order'),
    ],
    ['a date', new Date(0), { type: 'record', label: 'Date 1970-01-01T00:00:00.000Z', fields: [], more: 0 }],
    ['an array', [1], { type: 'list', label: '', items: [text('number', '1')], more: 0 }],
    ['a set', new Set(['a']), { type: 'list', label: 'Set', items: [text('string', 'a')], more: 0 }],
    ['bytes', new Uint8Array([7]), { type: 'list', label: 'Uint8Array', items: [text('number', '7')], more: 0 }],
    [
      'headers',
      new Headers({ A: 'b' }),
      { type: 'record', label: 'Headers', fields: [['a', text('string', 'b')]], more: 0 },
    ],
  ])('%s', (_, value, expected) => {
    expect(shown(value)).toEqual(expected);
  });

  it('of a class carries its name; getters do not run', () => {
    class Order {
      id = 1;
    }
    const order = Object.defineProperty(new Order(), 'secret', {
      enumerable: true,
      get: () => {
        throw new Error('ran');
      },
    });
    expect(shown(order)).toEqual({
      type: 'record',
      label: 'Order',
      fields: [
        ['id', text('number', '1')],
        ['secret', text('elided', '(getter)')],
      ],
      more: 0,
    });
  });

  it('ends where it meets itself, and where it is deep or long', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(shown(circle)).toMatchObject({ fields: [['self', text('elided', '(circular)')]] });
    expect(JSON.stringify(shown({ a: { b: { c: { d: { e: 1 } } } } }))).toContain('{…}');
    expect(shown(Array.from({ length: 150 }, () => 0))).toMatchObject({ items: { length: 100 }, more: 50 });
    expect(shown('x'.repeat(10_003))).toMatchObject({
      text: expect.stringMatching(/… \(3 more characters\)$/) as string,
    });
  });

  it('shows the same object twice when it is no circle', () => {
    const item = { a: 1 };
    expect(shown([item, item])).toMatchObject({ items: [{ type: 'record' }, { type: 'record' }] });
  });

  it('of a hostile proxy does not break the console', () => {
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    expect(shown(proxy)).toEqual(text('elided', '(cannot be shown: no)'));
  });

  it('of an error carries its cause', () => {
    expect(shown(new TypeError('a', { cause: new Error('b') }))).toMatchObject({
      type: 'error',
      name: 'TypeError',
      cause: { type: 'error', message: 'b' },
    });
  });
});

describe('the console', () => {
  function recorded(use: (console: Console) => void): ConsoleEntry[] {
    const entries: ConsoleEntry[] = [];
    const stack = readerStack('console.test.ts', []);
    use(readerConsole({ stack, now: () => 0, post: (entry) => entries.push(entry) }).console as Console);
    return entries;
  }
  const lines = (entries: readonly ConsoleEntry[]) =>
    entries.map(({ values }) => values.map((value) => ('text' in value ? value.text : value.type)).join(' '));

  it('puts values into format texts', () => {
    expect(
      lines(recorded((console) => console.log('%s took %d ms, %i%% %c%o', 'it', 4.7, 9.9, 'color: red', [], 'end'))),
    ).toEqual(['it took 4 ms, 9%  list end']);
  });

  it('counts, asserts and groups', () => {
    const entries = recorded((console) => {
      console.count();
      console.count();
      console.assert(true, 'not shown');
      console.assert(false, 'shown');
      console.group('orders');
      console.log('inside');
      console.groupEnd();
      console.log('outside');
    });
    expect(lines(entries)).toEqual([
      'default: 1',
      'default: 2',
      'Assertion failed shown',
      'orders',
      'inside',
      'outside',
    ]);
    expect(entries.map(({ depth }) => depth)).toEqual([undefined, undefined, undefined, undefined, 1, undefined]);
  });

  it('keeps the chosen columns of a table', () => {
    const [entry] = recorded((console) => console.table([{ a: 1, b: 2 }], ['b']));
    expect(entry).toMatchObject({ level: 'table', values: [{ items: [{ fields: [['b', text('number', '2')]] }] }] });
  });

  it('makes messages that the page accepts', () => {
    const entries = recorded((console) =>
      console.log(new Map([[{ a: 1 }, [new Error('x', { cause: 1 })]]]), new Set(), null),
    );
    expect(entries.every(isGuestMessage)).toBe(true);
  });
});

describe('a message that no guest would send', () => {
  const entry = { kind: 'console', level: 'log', at: 0, position: null, values: [] };
  it.each([
    ['nothing', null],
    ['a text', 'finished'],
    ['an unknown kind', { kind: 'navigate', url: 'https://example.com' }],
    ['a value without a type', { ...entry, values: [{}] }],
    ['fields that are no pairs', { ...entry, values: [{ type: 'record', label: '', more: 0, fields: ['a'] }] }],
    ['a position of texts', { ...entry, position: { line: '1', column: '2' } }],
    ['an exchange without a request', { kind: 'exchanged', exchange: { id: 1, startedAt: 0, fault: '', verdict: '' } }],
    ['an end without a time', { kind: 'finished' }],
  ])('%s is refused', (_, message) => {
    expect(isGuestMessage(message)).toBe(false);
  });
});

describe('a stack trace', () => {
  const stack = readerStack('client.js', [{ line: 1, after: 0, by: 10 }]);
  stack.alsoCalled('blob:null/784f-f0');
  it.each([
    [
      'V8',
      'Error: x\n    at f (client.js:2:5)\n    at async client.js:1:12\n    at run (blob:null/1:3:4)',
      'at f (client.js:2:5)\nat async client.js:1:2',
    ],
    ['Firefox', 'f@client.js:2:5\n@client.js:1:12\nrun@blob:null/1:3:4', 'at f (client.js:2:5)\nat client.js:1:2'],
    [
      'Safari',
      'f@blob:null/784f-f0:2:5\nmodule code@blob:null/784f-f0:1:12\n@blob:null/1:3:4',
      'at f (client.js:2:5)\nat client.js:1:2',
    ],
  ])("of %s is reduced to the reader's frames", (_, trace, frames) => {
    expect(stack.frames(trace)).toBe(frames);
    expect(stack.position(trace)).toEqual({ line: 2, column: 5 });
  });

  it('from a file of another folder is not the reader’s', () => {
    expect(stack.position('Error\n    at f (file:///src/client.js:2:5)')).toBeNull();
  });
});
