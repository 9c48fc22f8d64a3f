import { describe, expect, it } from 'vitest';
import { evidenceRows, rowOf, rowsText, type Quote } from './evidence-rows.ts';

const quote = (text: string, words: string, id = '0-0'): Quote => ({
  id,
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
});

describe('the rows of a short text', () => {
  const text = 'one\ntwo refused\r\nthree';

  it('are all of its lines, with the proof marked where it stands', () => {
    expect(evidenceRows(text, [quote(text, 'refused')])).toEqual([
      { kind: 'line', number: 1, parts: [{ text: 'one', quotes: [] }] },
      {
        kind: 'line',
        number: 2,
        parts: [
          { text: 'two ', quotes: [] },
          { text: 'refused', quotes: ['0-0'] },
        ],
      },
      { kind: 'line', number: 3, parts: [{ text: 'three', quotes: [] }] },
    ]);
  });

  it('show two proofs that overlap, and one that goes on in the next line', () => {
    const rows = evidenceRows(text, [quote(text, 'two ref'), quote(text, 'refused\r\nthr', '1-0')]);
    expect(rows[1]).toEqual({
      kind: 'line',
      number: 2,
      parts: [
        { text: 'two ', quotes: ['0-0'] },
        { text: 'ref', quotes: ['0-0', '1-0'] },
        { text: 'used', quotes: ['1-0'] },
      ],
    });
    expect(rows[2]).toMatchObject({ parts: [{ text: 'thr', quotes: ['1-0'] }, { text: 'ee' }] });
    expect(rowOf(rows, '1-0')?.number).toBe(2);
    expect(rowOf(rows, '7-0')).toBeNull();
  });
});

describe('the rows of a long text', () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `line ${index + 1} of a long log`);
  lines[2499] = 'here it was refused';
  const text = `${lines.join('\n')}\n`;

  it('are those around each proof, with their numbers and with what is between', () => {
    const rows = evidenceRows(text, [quote(text, 'refused')]);
    expect(rows[0]).toEqual({ kind: 'gap', lines: 2496 });
    expect(rows.at(-1)).toEqual({ kind: 'gap', lines: 2497 });
    expect(rows.filter(({ kind }) => kind === 'line').map((row) => row.kind === 'line' && row.number)).toEqual([
      2497, 2498, 2499, 2500, 2501, 2502, 2503,
    ]);
    expect(rowsText(rows)).toMatch(/^\[2,496 lines left out\]\nline 2497 .*\n.*\n.*\nhere it was refused\n/);
  });

  it('are the first ones where nothing is proof', () => {
    const rows = evidenceRows(text, []);
    expect(rows[0]).toMatchObject({ kind: 'line', number: 1 });
    expect(rows.length).toBeLessThan(200);
    expect(rows.at(-1)).toMatchObject({ kind: 'gap' });
  });

  it('count every line once', () => {
    const rows = evidenceRows(text, [quote(text, 'refused'), quote(text, 'line 4000 ', '0-1')]);
    const total = rows.reduce((sum, row) => sum + (row.kind === 'gap' ? row.lines : 1), 0);
    expect(total).toBe(5000);
  });
});

it('a line of a million characters is shortened, and its proof is not', () => {
  const text = `${'a'.repeat(500_000)} refused ${'b'.repeat(500_000)}`;
  const row = rowOf(evidenceRows(text, [quote(text, ' refused ')]), '0-0');
  const shown = row?.parts.map((part) => part.text).join('') ?? '';
  expect(shown.length).toBeLessThan(2000);
  expect(shown).toContain('a refused b');
});
