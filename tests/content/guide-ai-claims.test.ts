import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MEASURES, TRACES } from './claims/five-traces.ts';
import { play, type Outcome } from './claims/trace.ts';

/** Every number that the guide on AI claims gives comes out of the simulator again. */

const PAGE = readFileSync('content/guides/ai-claims-tested.mdx', 'utf8');
/** Cells of each row, without the emphasis and the padding. */
const ROWS = PAGE.split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.replaceAll('**', '').trim()));

const outcomes = new Map<string, Outcome>();
function outcome(measure: string, trace: string): Outcome {
  const key = `${measure} / ${trace}`;
  const known = outcomes.get(key);
  if (known) return known;
  const [chosen, played] = [MEASURES[measure], TRACES[trace]];
  if (!chosen || !played) throw new Error(`There is no measure "${measure}" or no trace "${trace}".`);
  const found = play(played.perSecond, chosen(played));
  outcomes.set(key, found);
  return found;
}
const percent = (part: number, whole: number): string => String(Math.round((100 * part) / whole));

test('the table has a column for each trace', () => {
  const head = ROWS.find((cells) => cells[1] === 'Measure') ?? [];
  expect(head.slice(2, -1).map((cell) => cell.toLowerCase())).toEqual(Object.keys(TRACES));
});

describe.each(Object.keys(MEASURES))('%s', (measure) => {
  test('serves the share of requests that the guide says', () => {
    const row = ROWS.find((cells) => cells[1]?.toLowerCase() === measure) ?? [];
    const served = Object.keys(TRACES).map((trace) => {
      const { served, offered } = outcome(measure, trace);
      return percent(served, offered);
    });
    expect(row.slice(2, -1)).toEqual(served);
  });
});

/** Sentences of the guide that hold a number, and where it comes from. */
test.each([
  ['of the requests of these five minutes come back as 502', () => turnedAway('rush')],
  ['in the rush is all that four servers can do', () => mostPossible()],
])('"… %s" begins with its number', (words, number) => {
  expect(PAGE.replaceAll(/\s+/g, ' ')).toContain(`${number()} % ${words}`);
});

/** Share of requests that find no server in the rotation. */
function turnedAway(trace: string): string {
  const { met, offered } = outcome('nothing', trace);
  return percent(met.get('all-down') ?? 0, offered);
}

/** Twenty workers without a pause, in the two minutes of the rush, and everything in the other three. */
function mostPossible(): string {
  const perSecond = 20 / (0.2 * Math.exp(0.5 ** 2 / 2));
  return percent(180 * 60 + 120 * perSecond, 180 * 60 + 120 * 150);
}

test('a fallback of half the size saves less than half of an outage', () => {
  const lost = (measure: string): number => {
    const { offered, served } = outcome(measure, 'down');
    return offered - served;
  };
  expect(lost('nothing') - lost('fallback')).toBeLessThan(lost('nothing') / 2);
});
