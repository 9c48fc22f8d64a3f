import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { every, play, recordingsOf, scenarioOf, statuses, type Asked } from './story.fixture.ts';
import { createGateway } from './simulate.ts';

describe('which fault strikes', () => {
  it('is the route’s own, when its schedule says so', () => {
    const routes = [
      { match: 'GET /a', fault: 'close-after-request', schedule: { every: 2 } },
      { match: 'GET /b', fault: 'read-timeout', schedule: { first: 1 } },
    ];
    const asked = ['/a', '/b', '/a', '/b', '/a', '/a'].map((path, index) => ({ at: index * 100, path }));
    expect(statuses(play({ routes }, asked))).toEqual([200, 504, 502, 200, 200, 502]);
  });

  it('is chosen by method, header and time of the request', () => {
    const schedule = [{ methods: ['POST'], during: { from: '1s', to: '2s' } }, { headers: { 'X-Canary': 'yes' } }];
    const routes = [{ match: '* /*', fault: 'app-500', schedule }];
    const asked: Asked[] = [
      { at: 0, method: 'POST' },
      { at: 1500 },
      { at: 1500, method: 'POST' },
      { at: 1600, headers: [['x-canary', 'yes']] },
      { at: 2000, method: 'POST' },
    ];
    expect(statuses(play({ routes }, asked))).toEqual([200, 200, 500, 500, 200]);
  });

  it('is the chapter’s, over that of the route, as long as the chapter lasts', () => {
    const routes = [{ match: '* /*', fault: 'app-500' }];
    const chapters = [
      { name: 'deploy', at: '1s', fault: 'connect-refused' },
      { name: 'up again', at: '2s' },
    ];
    const exchanges = play({ routes, chapters }, every(500, 5));
    expect(exchanges.map(({ fault }) => fault)).toEqual([
      'app-500',
      'app-500',
      'connect-refused',
      'connect-refused',
      'app-500',
    ]);
  });

  it('does not change on one route with what is asked of another', () => {
    const route = (match: string) => ({ match, fault: 'app-500', schedule: { probability: 0.5 } });
    const routes = [route('GET /a'), route('GET /b')];
    const alone = play({ routes }, every(10, 60, { path: '/a' }));
    const mixed = play(
      { routes },
      every(5, 120).map((one, index) => ({ ...one, path: index % 2 ? '/b' : '/a' })),
    );
    const onA = mixed.filter(({ request }) => request.url.endsWith('/a'));
    expect(statuses(onA)).toEqual(statuses(alone));
    expect(statuses(mixed.filter((one) => !onA.includes(one)))).not.toEqual(statuses(alone));
  });

  it('depends on the seed and on nothing else', () => {
    const written = {
      routes: [{ match: '* /*', fault: 'close-after-request', schedule: { burst: { enter: 0.2, leave: 0.3 } } }],
      chapters: [{ name: 'worse', at: '2s', fault: 'app-503', schedule: { probability: 0.3 } }],
      system: { servers: [{ workers: 1, queue: 1, service: { exponential: '80ms' } }], pool: {} },
      load: { open: { perSecond: 10 } },
    };
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const bytes = (): string => JSON.stringify(play(written, every(70, 40), { seed }));
        expect(bytes()).toBe(bytes());
      }),
      { numRuns: 20 },
    );
    expect(statuses(play(written, every(70, 40), { seed: 1 }))).not.toEqual(
      statuses(play(written, every(70, 40), { seed: 2 })),
    );
  });

  it('is missed before the run, not in the middle of it', () => {
    const recordings = recordingsOf('nginx/1.22.1');
    const without = (fault: string) => ({
      ...recordings,
      recordings: recordings.recordings.filter((one) => one.fault !== fault),
    });
    const late = { chapters: [{ name: 'late', at: '60s', fault: 'app-503' }] };
    expect(() => createGateway({ scenario: scenarioOf(late), recordings: without('app-503') })).toThrow(
      'nginx/1.22.1 was not recorded with the fault app-503',
    );
    const full = { system: { servers: [{ whenFull: 'reset' }] } };
    expect(() => createGateway({ scenario: scenarioOf(full), recordings: without('rst-on-accept') })).toThrow(
      'was not recorded with the fault rst-on-accept',
    );
  });
});

describe('the ledger of a run', () => {
  const order = (at: number, key?: string, body = '{"item":1}'): Asked => ({
    at,
    method: 'POST',
    path: '/orders',
    body,
    headers: key === undefined ? [] : [['Idempotency-Key', key]],
  });
  const shop = (fault: string, more: object = {}, schedule: object = { first: 1 }) => ({
    routes: [
      { match: 'POST /orders', fault, schedule, effect: 'order placed', response: { status: 201, body: 'done' } },
    ],
    ...more,
  });
  const notes = (written: object, asked: readonly Asked[], gateway = 'nginx/1.22.1') =>
    play(written, asked, { recordings: recordingsOf(gateway) }).map(({ client, ledger }) => [
      client.status,
      ledger?.outcome,
      ledger?.copy,
    ]);

  it('is silent about routes that change nothing', () => {
    expect(play({}, [{ at: 0 }])[0]).not.toHaveProperty('ledger');
  });

  it('shows the second order that a repeat without a key places when the first answer was lost', () => {
    expect(notes(shop('close-after-request'), [order(0), order(100)])).toEqual([
      [502, 'performed', 1],
      [201, 'performed', 2],
    ]);
  });

  it('replays the answer that was lost under the same key, and says so', () => {
    const asked = [order(0, 'k1'), order(100, 'k1')];
    expect(notes(shop('close-after-request'), asked)).toEqual([
      [502, 'performed', 1],
      [201, 'replayed', 0],
    ]);
    const [, second] = play(shop('close-after-request'), asked);
    expect(second?.client.headers).toContainEqual(['Idempotent-Replayed', 'true']);
    expect(second?.client.body).toBe('done');
  });

  it('places nothing that never came to the application', () => {
    for (const fault of [
      'connect-refused',
      'connect-timeout',
      'dns-nxdomain',
      'rst-on-accept',
      'tls-expired',
      'app-503',
    ]) {
      expect(
        notes(shop(fault), [order(0, 'k1'), order(100_000, 'k1')]).map((note) => note[1]),
        fault,
      ).toEqual(['none', 'performed']);
    }
  });

  it('places nothing when the worker died over it, and the repeat is new', () => {
    expect(notes(shop('uwsgi-worker-killed'), [order(0, 'k1'), order(100, 'k1')])).toEqual([
      [502, 'none', 0],
      [201, 'performed', 1],
    ]);
  });

  it('keeps a 500 under its key, so that only a new key helps; or not, when told to keep successes only', () => {
    const asked = [order(0, 'k1'), order(100, 'k1'), order(200, 'k2')];
    expect(notes(shop('app-500'), asked)).toEqual([
      [500, 'none', 0],
      [500, 'replayed', 0],
      [201, 'performed', 1],
    ]);
    expect(play(shop('app-500'), asked).map(({ fault }) => fault)).toEqual(['app-500', 'app-500', 'ok']);
    expect(notes(shop('app-500', { ledger: { stores: 'successes' } }), asked.slice(0, 2))).toEqual([
      [500, 'none', 0],
      [201, 'performed', 1],
    ]);
  });

  it('refuses the same key for another order, and one whose first request still runs', () => {
    const other = order(50, 'k1', '{"item":2}');
    expect(notes(shop('ok'), [order(0, 'k1'), other])).toEqual([
      [201, 'performed', 1],
      [422, 'refused', 0],
    ]);
    expect(notes(shop('ok'), [order(0, 'k1'), order(10, 'k1'), order(500, 'k1')])).toEqual([
      [201, 'performed', 1],
      [409, 'refused', 0],
      [201, 'replayed', 0],
    ]);
  });

  it('is of no use to an application that ignores keys', () => {
    expect(notes(shop('close-after-request', { ledger: { keys: false } }), [order(0, 'k1'), order(100, 'k1')])).toEqual(
      [
        [502, 'performed', 1],
        [201, 'performed', 2],
      ],
    );
  });

  it('does not place the order that met a closed connection, where the gateway does not repeat it', () => {
    expect(notes(shop('ka-race-post'), [order(0)])).toEqual([[502, 'none', 0]]);
    // Squid puts no POST on a connection that it used before, so the order arrives.
    expect(notes(shop('ka-race-post'), [order(0)], 'squid/5.7')).toEqual([[201, 'performed', 1]]);
  });

  it('counts what a gateway repeats: the first server had placed the order before it closed', () => {
    const asked: Asked = { at: 0, path: '/orders' };
    const routes = [{ match: '* /orders', fault: 'retry-close-get', effect: 'page counted' }];
    expect(notes({ routes }, [asked])).toEqual([[200, 'performed', 2]]);
    expect(notes({ routes }, [{ ...asked, method: 'POST' }])).toEqual([[502, 'performed', 1]]);
  });
});
