import { describe, expect, it } from 'vitest';
import { serverSchema } from '../../schema/system.ts';
import { seededRandom } from '../random.ts';
import { Server } from './server.ts';

const serverOf = (written: object): Server =>
  new Server(serverSchema.parse({ service: '100ms', workers: 1, ...written }), seededRandom(1));

describe('a server', () => {
  it('works on one request per worker and lets the next ones wait in order', () => {
    const server = serverOf({ workers: 2 });
    const visits = [0, 10, 20, 30].map((at) => server.offer(at, Infinity));
    expect(visits.map(({ waitMs }) => waitMs)).toEqual([0, 0, 80, 80]);
    expect(visits.map(({ endMs }) => endMs)).toEqual([100, 100, 180, 180]);
  });

  it.each([
    ['refuse', 'connect-refused'],
    ['reset', 'rst-on-accept'],
    ['drop', 'connect-timeout'],
    ['shed', 'app-503'],
  ])('with a full queue and whenFull: %s gives %s', (whenFull, fault) => {
    const server = serverOf({ queue: 1, whenFull });
    expect(server.offer(0, Infinity).fault).toBe('ok');
    expect(server.offer(0, Infinity).waitMs).toBe(100);
    expect(server.offer(0, Infinity)).toMatchObject({ fault, reason: 'queue-full', workDoneMs: null });
    expect(server.offer(100, Infinity).fault).toBe('ok');
  });

  it('gets slower with the number of requests in it, up to a limit', () => {
    const server = serverOf({ workers: 100, slowdown: { above: 1, perRequest: 0.5, max: 3 } });
    const times = Array.from({ length: 6 }, () => server.offer(0, Infinity).serviceMs);
    expect(times).toEqual([100, 150, 200, 250, 300, 300]);
  });

  it('loses what it works on and what waits when its process dies, and starts again cold', () => {
    const server = serverOf({
      queue: 10,
      stops: [{ at: '250ms', restartAfter: '1s' }],
      startup: { takes: '500ms', cold: '1s', coldFactor: 4 },
    });
    const visits = [0, 0, 0, 0].map((at) => server.offer(at, Infinity));
    expect(visits.map(({ fault }) => fault)).toEqual(['ok', 'ok', 'rst-after-request', 'rst-after-request']);
    expect(visits.map(({ endMs }) => endMs)).toEqual([100, 200, 250, 250]);
    expect(visits.map(({ workDoneMs }) => workDoneMs)).toEqual([100, 200, null, null]);
    expect(server.offer(300, Infinity)).toMatchObject({ fault: 'connect-refused', reason: 'down' });
    expect(server.offer(1300, Infinity)).toMatchObject({ fault: 'connect-refused', reason: 'starting' });
    expect(server.offer(1750, Infinity)).toMatchObject({ fault: 'ok', waitMs: 0, serviceMs: 400 });
    expect(server.offer(4000, Infinity)).toMatchObject({ fault: 'ok', serviceMs: 100 });
  });

  it.each([
    ['503', 'app-503', 0],
    ['wait', 'ok', 400],
  ])('that starts with until: %s meets early requests with %s', (until, fault, waitMs) => {
    const server = serverOf({ startsAt: '0ms', startup: { takes: '500ms', until } });
    expect(server.offer(100, Infinity)).toMatchObject({ fault, waitMs });
  });

  it('drains: refuses new requests, finishes the old ones, and kills what is left after the grace', () => {
    const server = serverOf({ queue: 10, stops: [{ at: '150ms', how: 'drain', grace: '100ms' }] });
    const visits = [0, 0, 0].map((at) => server.offer(at, Infinity));
    expect(visits.map(({ fault }) => fault)).toEqual(['ok', 'ok', 'rst-after-request']);
    expect(visits.map(({ closes }) => closes)).toEqual([false, true, true]);
    expect(server.offer(160, Infinity)).toMatchObject({ fault: 'connect-refused', reason: 'draining' });
  });

  it('drains politely: still answers, and closes each connection', () => {
    const server = serverOf({ stops: [{ at: '150ms', how: 'drain', grace: '1s', draining: 'close' }] });
    expect(server.offer(160, Infinity)).toMatchObject({ fault: 'ok', closes: true });
  });

  it('is slow in its brown-outs', () => {
    const server = serverOf({ slowSpans: [{ from: '1s', to: '2s', factor: 5 }] });
    expect([0, 1000, 3000].map((at) => server.offer(at, Infinity).serviceMs)).toEqual([100, 500, 100]);
  });

  it('kills a worker that takes too long', () => {
    const server = serverOf({ service: '60s', workerTimeout: '30s' });
    expect(server.offer(0, 60_000)).toMatchObject({
      fault: 'close-after-request',
      reason: 'worker-killed',
      endMs: 30_000,
      workDoneMs: null,
    });
    expect(server.offer(10_000, Infinity).waitMs).toBe(20_000);
  });

  it.each([
    ['finish', [100, 150]],
    ['skip', [100, 50]],
    ['stop', [50, 0]],
  ] as const)(
    'with abandoned: %s, two requests given up after 50 ms keep the next one waiting',
    (abandoned, [one, two]) => {
      const first = serverOf({ abandoned });
      expect(first.offer(0, 50)).toMatchObject({
        fault: 'read-timeout',
        endMs: 50,
        workDoneMs: abandoned === 'stop' ? null : 100,
      });
      expect(first.offer(0, Infinity).waitMs).toBe(one);
      const second = serverOf({ abandoned });
      second.offer(0, 50);
      second.offer(0, 50);
      expect(second.offer(50, Infinity).waitMs).toBe(two);
    },
  );

  it('foresees a later arrival, whose load then counts', () => {
    const server = serverOf({});
    server.offer(0, Infinity);
    expect(server.forecast(50, Infinity)).toMatchObject({ fault: 'ok', waitMs: 50 });
    expect(server.offer(60, Infinity).waitMs).toBe(140);
  });
});
