import { describe, expect, it } from 'vitest';
import { chaptersSchema, faultScheduleSchema } from '../../schema/fault-schedule.ts';
import { Chapters } from './chapters.ts';
import { scheduleOf, type Asked } from './schedules.ts';

const GET: Asked = { method: 'GET', url: 'https://api.example.com/orders/42?full=1', headers: [['X-Tenant', 'acme']] };
const POST: Asked = { ...GET, method: 'POST', headers: [] };

/** One letter for each request, `x` where the fault strikes; a request every 1000 ms. */
function pattern(written: unknown, requests: readonly Asked[], seed = 1): string {
  const schedule = scheduleOf(faultScheduleSchema.parse(written), seed);
  return requests.map((request, index) => (schedule.strikes(index * 1000, request) ? 'x' : '.')).join('');
}

const times = (count: number, request: Asked = GET): Asked[] => Array.from({ length: count }, () => request);
const share = (text: string): number => text.replaceAll('.', '').length / text.length;

describe('a schedule', () => {
  it.each([
    [{}, 'xxxxxxxxxx'],
    [{ first: 2 }, 'xx........'],
    [{ after: 3 }, '...xxxxxxx'],
    [{ after: 1, first: 2 }, '.xx.......'],
    [{ every: 3 }, '..x..x..x.'],
    [{ during: { from: '2s', to: '5s' } }, '..xxx.....'],
    [
      {
        during: [
          { from: '0s', to: '1s' },
          { from: '8s', to: '60s' },
        ],
      },
      'x.......xx',
    ],
    [{ during: { from: '2s', to: '9s' }, every: 2 }, '...x.x.x..'],
    [[{ first: 1 }, { every: 5 }], 'x...x....x'],
    [{ path: '/orders/*' }, 'xxxxxxxxxx'],
    [{ path: '/orders' }, '..........'],
    [{ headers: { 'x-tenant': 'acme' } }, 'xxxxxxxxxx'],
    [{ headers: { 'x-tenant': 'other' } }, '..........'],
  ])('%j strikes %s', (written, expected) => {
    expect(pattern(written, times(10))).toBe(expected);
  });

  it('counts only the requests that it looks at', () => {
    expect(pattern({ methods: ['POST'], first: 2 }, [GET, POST, GET, GET, POST, POST, GET])).toBe('.x..x..');
  });

  it('strikes with its probability, the same way for the same seed', () => {
    const text = pattern({ probability: 0.3 }, times(20_000));
    expect(share(text)).toBeCloseTo(0.3, 1.7);
    expect(pattern({ probability: 0.3 }, times(20_000))).toBe(text);
    expect(pattern({ probability: 0.3 }, times(20_000), 2)).not.toBe(text);
  });

  it('fails in bursts: as often as the two probabilities say, in runs as long as they say', () => {
    const text = pattern({ burst: { enter: 0.02, leave: 0.25 } }, times(100_000));
    expect(share(text)).toBeCloseTo(0.02 / (0.02 + 0.25), 2);
    const runs = text.split('.').filter(Boolean);
    expect(runs.join('').length / runs.length).toBeCloseTo(1 / 0.25, 0);
  });

  it('ramps up evenly and stays there', () => {
    const text = pattern({ ramp: { from: '10000s', to: '20000s' } }, times(30_000));
    expect(share(text.slice(0, 10_000))).toBe(0);
    expect(share(text.slice(10_000, 20_000))).toBeCloseTo(0.5, 1.3);
    expect(share(text.slice(20_000))).toBe(1);
  });

  it('does not let one rule change the draws of another', () => {
    const alone = pattern({ probability: 0.5 }, times(200));
    const spared = pattern([{ probability: 0.5 }, { probability: 0 }], times(200));
    expect(spared).toBe(alone);
  });
});

describe('chapters', () => {
  const story = new Chapters(
    chaptersSchema.parse([
      { name: 'fine', at: '1s' },
      { name: 'deploy', at: '5s', fault: 'connect-refused', schedule: { every: 2 } },
      { name: 'brown-out', at: '20s', slow: 5, load: 2 },
      { name: 'recovery', at: '40s' },
    ]),
    502,
  );

  it('follow each other', () => {
    const names = [0, 999, 1000, 4999, 5000, 20_000, 39_999, 40_000, 1e9].map(
      (at) => story.chapterAt(at)?.name ?? null,
    );
    expect(names).toEqual([null, null, 'fine', 'fine', 'deploy', 'brown-out', 'brown-out', 'recovery', 'recovery']);
  });

  it('bring their own faults, service and load', () => {
    expect([2000, 6000, 7000, 8000, 21_000].map((at) => story.faultFor(at, GET))).toEqual([
      null,
      null,
      'connect-refused',
      null,
      null,
    ]);
    expect([0, 6000, 20_000, 50_000].map(story.slowAt)).toEqual([1, 1, 5, 1]);
    expect([0, 6000, 20_000, 50_000].map(story.loadAt)).toEqual([1, 1, 2, 1]);
    expect([0, 5000, 41_000].map(story.changeAfter)).toEqual([1000, 20_000, Infinity]);
  });
});
