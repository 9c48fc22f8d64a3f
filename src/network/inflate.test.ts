import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflate } from './inflate.ts';

/** Text with repetitions, as responses have, and noise that does not compress. */
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 5000 }),
  fc
    .tuple(
      fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(7), { maxLength: 600 }),
    )
    .map(([words, order]) => new TextEncoder().encode(order.map((index) => words[index % words.length]).join(' '))),
);

describe('inflate', () => {
  it('undoes what zlib does, at every level and with every strategy', () => {
    fc.assert(
      fc.property(bodies, fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1, 2, 3, 4), (bytes, level, strategy) => {
        const { bytes: out, state } = inflate(deflateRawSync(bytes, { level, strategy }));
        expect(state).toBe('end');
        expect(out).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('gives of a stream that is cut what zlib gives of it', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (bytes, at) => {
        const whole = deflateRawSync(bytes);
        const cut = whole.subarray(0, at % whole.length);
        const { bytes: out, state } = inflate(cut);
        expect(state).toBe('more');
        expect(Buffer.from(out)).toEqual(inflateRawSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }));
      }),
    );
  });

  it('says of any bytes what zlib says of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const { state } = inflate(bytes);
        let zlib = 'fine';
        try {
          inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
        } catch {
          zlib = 'bad';
        }
        expect(state === 'bad' ? 'bad' : 'fine').toBe(zlib);
      }),
      { numRuns: 2000 },
    );
  });
});
