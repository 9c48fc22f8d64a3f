import { describe, expect, it } from 'vitest';
import { explainLine } from './explain-line.ts';

const fields = [
  { text: '502', means: 'the status' },
  { text: '157', means: 'the bytes' },
];

describe('a log line that is explained', () => {
  it('keeps every character, in order', () => {
    const pieces = explainLine('"GET /" 502 157 "-"', fields);
    expect(pieces.map(({ text }) => text).join('')).toBe('"GET /" 502 157 "-"');
    expect(pieces.filter(({ means }) => means !== undefined)).toEqual([
      { text: '502', means: 'the status', field: 0 },
      { text: '157', means: 'the bytes', field: 1 },
    ]);
  });

  it('is refused when a field does not stand where the author says', () => {
    expect(() => explainLine('157 502', fields)).toThrow('"157" does not stand in the line behind "157 502"');
  });
});
