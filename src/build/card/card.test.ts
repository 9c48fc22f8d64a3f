import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CARD_COLORS, cardSvg } from './card-svg.ts';
import { cardPng } from './card-png.ts';
import { titleLines } from './card-text.ts';

describe('the title of a card', () => {
  it('is the larger the shorter it is, and loses no word', () => {
    const long = 'upstream connect error or disconnect/reset before headers, and what the flags say';
    const [short, wrapped] = [titleLines('Connection refused', 1040), titleLines(long, 1040)];
    expect(short).toEqual({ lines: ['Connection refused'], size: 76 });
    expect(wrapped.size).toBeLessThan(76);
    expect(wrapped.lines.join(' ')).toBe(long);
  });

  it('ends in an ellipsis when it is longer than any card', () => {
    const { lines } = titleLines('a word or two, '.repeat(40), 1040);
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toMatch(/[a-z]…$/);
  });

  it('cuts a word that is longer than a line', () => {
    expect(titleLines('x'.repeat(90), 1040).lines.length).toBeGreaterThan(1);
  });
});

describe('a card', () => {
  it('has the colors of the light theme', () => {
    const tokens = readFileSync('src/styles/tokens.css', 'utf8');
    for (const [name, value] of Object.entries(CARD_COLORS)) expect(tokens).toContain(`${name}: ${value};`);
  });

  it('marks the broken span, and only that', () => {
    const svg = cardSvg({ title: 'A & <b>', kind: 'Cause', wire: { broken: 'client-span', clientSpan: 'cut' } });
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
    expect(svg).toContain('A &amp; &lt;b>');
  });

  it('is a PNG of 1200 by 630 pixels with the words of its own fonts in it', () => {
    const png = Buffer.from(cardPng(cardSvg({ title: 'One', kind: '' })));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    const other = Buffer.from(cardPng(cardSvg({ title: 'Two', kind: '' })));
    expect(other.equals(png), 'another title gives another picture').toBe(false);
  });
});
