import { describe, expect, it } from 'vitest';
import { bestPage, type SeenAs } from './seen-as.ts';

const KNOWN: readonly SeenAs[] = [
  ['upstream prematurely closed connection', '/causes/upstream-closed-early/', 'The upstream closed early'],
  ['Connection refused', '/causes/upstream-refused/', 'Connection refused'],
  ['UF', '/gateways/envoy/', 'Envoy'],
  ['502', '/status/502/', '502 Bad Gateway'],
];
const found = (words: string): string | undefined => bestPage(words, KNOWN)?.[1];

describe('the page about what a reader has in front of them', () => {
  it('is found by the phrase, in any case and spacing', () => {
    expect(found('connection  REFUSED')).toBe('/causes/upstream-refused/');
    expect(found(' uf ')).toBe('/gateways/envoy/');
  });

  it('is found in a whole line of a log, by its longest phrase', () => {
    const line = '[error] 29#29: *1 upstream prematurely closed connection while reading, "GET / HTTP/1.1" 502';
    expect(found(line)).toBe('/causes/upstream-closed-early/');
  });

  it('is found by a part of the phrase, when that is long enough', () => {
    expect(found('upstream prematurely closed')).toBe('/causes/upstream-closed-early/');
    expect(found('conn')).toBeUndefined();
  });

  it('is not found by letters inside of a word', () => {
    expect(found('buffer')).toBeUndefined();
    expect(found('15020')).toBeUndefined();
  });
});
