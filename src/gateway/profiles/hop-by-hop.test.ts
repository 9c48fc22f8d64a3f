import { expect, it } from 'vitest';
import { withoutHopByHop } from './hop-by-hop.ts';

it('drops what belongs to one connection, and what Connection names', () => {
  expect(
    withoutHopByHop([
      ['Content-Type', 'text/plain'],
      ['Keep-Alive', 'timeout=5'],
      ['X-Session', '1'],
      ['connection', 'close, X-Session'],
      ['Transfer-Encoding', 'chunked'],
    ]),
  ).toEqual([
    ['Content-Type', 'text/plain'],
    ['Transfer-Encoding', 'chunked'],
  ]);
});
