import { expect, it } from 'vitest';
import { closedEarly } from './sample-exchanges.test-data.ts';
import { sequenceLayout, STATION_X, wrapLabel } from './sequence-layout.ts';
import { sequenceSteps } from './sequence-steps.ts';

it('places the steps below each other, inside the drawing, between the right lifelines', () => {
  const { height, steps } = sequenceLayout(sequenceSteps(closedEarly));
  const edges = steps.map(({ arrowY }) => arrowY);
  expect(edges).toEqual([...edges].sort((a, b) => a - b));
  expect(Math.max(...edges)).toBeLessThan(height);
  for (const { textY, lines, arrowY } of steps) expect(textY + (lines.length - 1) * 16).toBeLessThan(arrowY);
  expect(steps[2]).toMatchObject({ fromX: STATION_X.upstream, toX: STATION_X.gateway });
});

it('breaks long verdicts into lines that fit a phone', () => {
  const lines = wrapLabel(closedEarly.verdict, 38);
  expect(lines.join(' ')).toBe(closedEarly.verdict);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(38);
});
