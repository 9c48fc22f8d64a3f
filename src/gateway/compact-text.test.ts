import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactText, expandText } from './compact-text.ts';

const numbered = (numbers: readonly (number | string)[]): string =>
  numbers.map((number) => `X-N${number}: 1\r\n`).join('');
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('compact text', () => {
  it('writes a long run of one character as the character and its count', () => {
    expect(compactText(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1 << 20)}`)).toBe('HTTP/1.1 200 OK\r\n\r\n{{x*1048576}}');
  });

  it('writes lines that differ in a number as their range, also in the order of the alphabet', () => {
    expect(compactText(`Server: lab\r\n${numbered(upTo(2000))}\r\n`)).toBe('Server: lab\r\n{{#0..1999 X-N#: 1}}\r\n');
    const sorted = upTo(2000).map(String).sort();
    expect(compactText(numbered(sorted))).toBe('{{#0..1999 sorted X-N#: 1}}');
  });

  it('leaves short runs and the placeholders of recordings alone', () => {
    const text = `Date: {{date}}\r\n${'-'.repeat(20)}\r\n${numbered(upTo(5))}`;
    expect(compactText(text)).toBe(text);
    expect(expandText(text)).toBe(text);
  });

  it('comes back as it was', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('\r\n', 'X-N1: 1\r\n', '#', '0', '\0'),
      fc.tuple(fc.constantFrom('a', '\n', '\r\n', '0'), fc.nat(300)).map(([text, count]) => text.repeat(count)),
      fc.nat(60).map((count) => numbered(upTo(count))),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('').replaceAll('{{', '');
        expect(expandText(compactText(text))).toBe(text);
      }),
    );
  });
});
