import { applicationResponse } from '../gateway/application.ts';
import vm from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ExchangeRequest } from '../gateway/exchange.ts';
import { Story } from '../gateway/story.ts';
import { makeBooks } from '../gateway/books.ts';
import { makeSystem } from '../gateway/system/make-system.ts';
import { scenarioSchema, type Scenario } from '../schema/scenario.ts';
import { planOf } from './plan.ts';
import { PROGRAM_SCHEDULE } from './program-schedule.ts';

/** What the program's schedule says about requests at these times, in ms. */
function program(scenario: Scenario): (route: number, request: ExchangeRequest, at: number) => string {
  const { routes } = planOf(scenario);
  const data = routes.map(({ strikes }) => ({
    strikes: strikes.map(({ fault, rules, seed, chapter }) => ({
      fault: fault.id,
      rules,
      seed,
      ...(chapter === null ? {} : { chapter }),
    })),
  }));
  const chapters = scenario.chapters.map(({ at, schedule, fault }, index) => ({
    at,
    rules: fault === 'ok' ? [] : schedule,
    seed: routes[0]?.strikes.find(({ chapter }) => chapter === index)?.seed ?? 0,
  }));
  const context = {
    ROUTES: data,
    CHAPTERS: chapters,
    performance: { now: () => context.time },
    time: 0,
    asked: {},
    route: 0,
  };
  vm.createContext(context);
  vm.runInContext(`${PROGRAM_SCHEDULE}; began = 0;`, context);
  return (route, { method, url, headers }, at) => {
    Object.assign(context, {
      route,
      time: at,
      asked: {
        method,
        path: new URL(url).pathname,
        headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      },
    });
    return vm.runInContext('strikeOf(ROUTES[route], asked)?.fault ?? "ok"', context) as string;
  };
}

const share = fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10);
const count = fc.integer({ min: 0, max: 5 });
const span = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .map(([from, length]) => ({ from: `${from}s`, to: `${from + length}s` }));
const conditions = fc.record({
  methods: fc.constantFrom(['GET'], ['POST'], ['GET', 'PUT']),
  path: fc.constantFrom('/a', '/*', '/b*'),
  headers: fc.constant({ 'X-Try': '1' }),
  during: span,
  first: count,
  after: count,
  every: fc.integer({ min: 1, max: 4 }),
  probability: share,
  burst: fc.record({ enter: share, leave: share, good: share, bad: share }),
  ramp: fc.tuple(span, share, share).map(([times, start, end]) => ({ ...times, start, end })),
});
/** A rule has few conditions: with many of them it never strikes, and two such rules are alike. */
const rule = fc
  .tuple(
    conditions,
    fc.subarray(
      ['methods', 'path', 'headers', 'during', 'first', 'after', 'every', 'probability', 'burst', 'ramp'] as const,
      { maxLength: 2 },
    ),
  )
  .map(([all, names]) => Object.fromEntries(names.map((name) => [name, all[name]])));
const rules = fc.array(rule, { minLength: 1, maxLength: 3 });

it('strikes the requests that the simulator strikes, whatever the schedule', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer({ min: 0, max: 1e9 }),
        own: rules,
        chapter: rules,
        at: fc.integer({ min: 1, max: 9 }),
      }),
      fc.array(
        fc.record({
          at: fc.integer({ min: 0, max: 12_000 }),
          post: fc.boolean(),
          header: fc.boolean(),
          other: fc.boolean(),
        }),
        { minLength: 20, maxLength: 40 },
      ),
      ({ seed, own, chapter, at }, requests) => {
        const scenario = scenarioSchema.parse({
          format: 1,
          title: 'Any schedule',
          summary: 'Two routes with any schedule, and a chapter with another one.',
          gateway: { id: 'nginx' },
          network: { client: '0ms' },
          routes: ['/a', '/b'].map((path) => ({ match: `* ${path}`, fault: 'close-after-request', schedule: own })),
          chapters: [
            { name: 'fine', at: '0s' },
            { name: 'worse', at: `${at}s`, fault: 'rst-after-request', schedule: chapter },
          ],
          seed,
        });
        const noAnswers = (): never => {
          throw new Error('No answer is made here.');
        };
        const simulator = new Story({
          scenario,
          seed,
          responses: scenario.routes.map(applicationResponse),
          reactions: noAnswers,
          makers: { makeSystem, makeBooks },
        });
        const strikeOf = program(scenario);
        for (const { at: time, post, header, other } of requests.toSorted((a, b) => a.at - b.at)) {
          const request: ExchangeRequest = {
            method: post ? 'POST' : 'GET',
            url: `https://api.example.com${other ? '/b' : '/a'}`,
            headers: header ? [['X-Try', '1']] : [],
            body: '',
          };
          const route = other ? 1 : 0;
          expect(strikeOf(route, request, time)).toBe(simulator.next(route, request, time).fault);
        }
      },
    ),
    { numRuns: 300, seed: 502 },
  );
});
