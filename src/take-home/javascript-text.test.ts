import vm from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { javascript } from './javascript-text.ts';

const read = (text: string): unknown => JSON.parse(JSON.stringify(vm.runInNewContext(`(${text})`)));
/** Bytes, as latin1 text, some of them many times over. */
const bytes = fc
  .array(
    fc.tuple(
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }),
      fc.constantFrom(1, 2, 80),
    ),
  )
  .map((parts) => parts.map(([text, times]) => text.repeat(times)).join(''));

it('writes any bytes so that they are read back', () => {
  fc.assert(
    fc.property(
      fc.record({
        text: bytes,
        list: fc.array(fc.oneof(bytes, fc.integer(), fc.boolean())),
        'odd name': fc.constant(null),
      }),
      (value) => {
        expect(read(javascript(value))).toEqual(value);
      },
    ),
  );
});

it('writes repetitions short, lines one below the other, and every byte', () => {
  expect(javascript('HTTP/1.1 200 OK\r\nX: y\r\n')).toBe(`\n  'HTTP/1.1 200 OK\\r\\n' +\n  'X: y\\r\\n'`);
  expect(javascript(`a${'b'.repeat(100)}`)).toBe(`\n  'a' +\n  'b'.repeat(100)`);
  const numbered = Array.from({ length: 2000 }, (_, index) => `X-N${index}: 1\r\n`).join('');
  expect(javascript(numbered).length).toBeLessThan(100);
  expect(read(javascript(numbered))).toBe(numbered);
});
