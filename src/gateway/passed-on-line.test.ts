import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expandText } from './compact-text.ts';
import { passedOnLine } from './passed-on-line.ts';
import { fillPlaceholders, replaceVolatile } from './profile.ts';
import { profileOf } from './profiles/index.ts';
import { READER } from './profiles/volatile-context.fixture.ts';
import { recordingsOf } from './story.fixture.ts';

const SETS = readdirSync('content/recordings').flatMap((gateway) =>
  readdirSync(`content/recordings/${gateway}`).map((file) => `${gateway}/${file.replace('.json', '')}`),
);

describe.each(SETS)('the access log of %s', (name) => {
  const recordings = recordingsOf(name);
  const profile = profileOf(recordings.gateway);
  const lines = new Set(recordings.recordings.flatMap(({ log }) => log.access.map(expandText)));

  it('is the same whether status and length are put into the recorded line or into the finished one', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.integer({ min: 1, max: 99_999 }),
          status: fc.integer({ min: 200, max: 599 }),
          bodyBytes: fc.nat(),
          sentBytes: fc.nat(),
          path: fc.webPath().map((rest) => `/orders${rest}`),
        }),
        (some) => {
          const context = { ...READER, ...some };
          for (const line of lines) {
            const finished = fillPlaceholders(line, profile.volatile, context);
            const expected = replaceVolatile(finished, 'access', profile.passedOnLog, context);
            expect(passedOnLine(line, profile, context)).toBe(expected);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
