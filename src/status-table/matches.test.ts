import { describe, expect, it } from 'vitest';
import { matches, NOTHING } from './matches.ts';

const row = { text: '502 Bad Gateway a gateway if idempotent', class: '5', registered: 'yes', retry: 'idempotent' };

describe('the table of status codes', () => {
  it('shows every row to a reader who asks for nothing', () => {
    expect(matches(row, NOTHING)).toBe(true);
  });

  it('finds all words, in any order and case', () => {
    expect(matches(row, { ...NOTHING, q: 'GATEWAY 502' })).toBe(true);
    expect(matches(row, { ...NOTHING, q: 'gateway 503' })).toBe(false);
  });

  it('combines the search with what is chosen', () => {
    expect(matches(row, { ...NOTHING, q: 'gateway', class: '5', registered: 'yes' })).toBe(true);
    expect(matches(row, { ...NOTHING, q: 'gateway', class: '4' })).toBe(false);
    expect(matches(row, { ...NOTHING, retry: 'never' })).toBe(false);
  });
});
