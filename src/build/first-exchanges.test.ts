import { expect, it } from 'vitest';
import { firstExchanges } from './first-exchanges.ts';
import { scenarioWithRecordings } from './scenario-recordings.ts';

const { scenario, recordings } = scenarioWithRecordings('first-two-attempts-fail', 'guide.mdx:1');
const drawn = (requests?: number) =>
  firstExchanges(scenario, recordings, requests).map(({ shown, exchanges }) => [shown.client.status, exchanges.length]);

it('repeats the first request until its fault has passed, and groups what looks the same', () => {
  expect(drawn()).toEqual([
    [502, 2],
    [200, 1],
  ]);
  expect(drawn(1)).toEqual([[502, 1]]);
});
