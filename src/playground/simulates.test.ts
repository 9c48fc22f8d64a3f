import { expect, test } from 'vitest';
import { scenarioSchema } from '../schema/scenario.ts';
import { scheduleText, simulatesText } from './simulates.ts';

const nginx = { name: 'nginx 1.31.3', origin: 'recorded 2026-11-21' };
const summaries: Record<string, string> = {
  'close-after-request': 'reads the whole request, then closes without a byte',
};

const scenario = (routes: readonly object[], more: object = {}) =>
  scenarioSchema.parse({
    format: 1,
    title: 'A scenario of this test',
    summary: 'Something breaks, and somebody reads about it.',
    gateway: { id: 'nginx' },
    routes,
    ...more,
  });

const text = (...given: Parameters<typeof scenario>) => simulatesText(scenario(...given), nginx, (id) => summaries[id]);

test('one fault is told with who answers and when it strikes', () => {
  expect(text([{ match: 'GET /a', fault: 'close-after-request', schedule: { first: 2 } }, { match: 'GET /b' }])).toBe(
    'nginx 1.31.3 (recorded 2026-11-21) · the upstream reads the whole request, then closes without a byte, first 2',
  );
});

test('several faults are counted, none is said, and an unknown one goes by its id', () => {
  expect(
    text([
      { match: 'GET /a', fault: 'slow-ttfb' },
      { match: 'GET /b', fault: 'ok-500' },
    ]),
  ).toMatch(/ · 2 faults$/);
  expect(text([{ match: 'GET /a' }])).toMatch(/ · nothing fails$/);
  expect(text([{ match: 'GET /a', fault: 'a-new-one' }])).toMatch(/ · the upstream has the fault a-new-one, always$/);
});

test.each([
  [{}, 'always'],
  [{ probability: 0.3 }, '30 % of requests'],
  [{ first: 0 }, 'never'],
  [{ every: 3, methods: ['POST'] }, 'one in 3, only POST'],
  [{ after: 2 }, 'after the first 2'],
  [{ during: { from: '1s', to: '2s' } }, 'on a schedule'],
  [[{ first: 1 }, { every: 5 }], 'on a schedule'],
])('the schedule %j reads "%s"', (schedule, words) => {
  const [route] = scenario([{ match: 'GET /a', fault: 'slow-ttfb', schedule }]).routes;
  expect(scheduleText(route?.schedule ?? [])).toBe(words);
});
