import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioSchema, type Scenario } from '../schema/scenario.ts';
import { adjusted, adjustmentsOf, type Adjustments } from './adjust.ts';

const scenarioOf = (routes: readonly object[]): Scenario =>
  scenarioSchema.parse({
    format: 1,
    title: 'A shop with two routes',
    summary: 'Orders fail now and then, the catalog never does.',
    gateway: { id: 'nginx', readTimeout: '5s' },
    routes,
  });

const SHOP = scenarioOf([
  { match: 'GET /catalog' },
  { match: 'POST /orders', fault: 'read-timeout', schedule: { methods: ['POST'], first: 2 } },
]);

describe('the controls of a playground', () => {
  it('show the settings of the broken route', () => {
    expect(adjustmentsOf(SHOP)).toEqual({
      gateway: 'nginx',
      fault: 'read-timeout',
      failFirst: 2,
      failureRate: null,
      seed: 502,
    });
  });

  it('change the gateway and leave its timers', () => {
    expect(adjusted(SHOP, { gateway: 'haproxy' }).gateway).toEqual({ ...SHOP.gateway, id: 'haproxy' });
  });

  it('change the fault of the broken route and leave the healthy one and the schedule', () => {
    const { routes } = adjusted(SHOP, { fault: 'close-after-request' });
    expect(routes.map(({ fault }) => fault)).toEqual(['ok', 'close-after-request']);
    expect(routes[1]?.schedule).toEqual(SHOP.routes[1]?.schedule);
  });

  it('break every route where none was broken', () => {
    const { routes } = adjusted(scenarioOf([{ match: 'GET /a' }, { match: 'GET /b' }]), { fault: 'read-timeout' });
    expect(routes.map(({ fault }) => fault)).toEqual(['read-timeout', 'read-timeout']);
  });

  it('keep which requests a rule looks at, and combine both numbers: the first two surely, the rest at times', () => {
    const both = adjusted(SHOP, { failureRate: 0.25 });
    expect(both.routes[1]?.schedule).toEqual([
      { methods: ['POST'], first: 2 },
      { methods: ['POST'], probability: 0.25 },
    ]);
    expect(adjusted(both, { failFirst: null, failureRate: null }).routes[1]?.schedule).toEqual([{ methods: ['POST'] }]);
  });

  it('put their numbers in the place of a rule that they cannot show', () => {
    const every = scenarioOf([{ match: '* /*', fault: 'app-500', schedule: { every: 3 } }]);
    expect(adjustmentsOf(every)).toMatchObject({ failFirst: null, failureRate: null });
    expect(adjusted(every, { failFirst: 1 }).routes[0]?.schedule).toEqual([{ first: 1 }]);
  });

  it('show what was set, whatever it was', () => {
    const settings: fc.Arbitrary<Adjustments> = fc.record(
      {
        gateway: fc.constantFrom('haproxy', 'nginx@1.22', 'cloudflare'),
        fault: fc.constantFrom('ok', 'read-timeout', 'close-mid-chunk'),
        failFirst: fc.option(fc.nat(20)),
        failureRate: fc.option(fc.nat(100).map((percent) => percent / 100)),
        seed: fc.nat(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(settings, (change) => {
        expect(adjustmentsOf(adjusted(SHOP, change))).toMatchObject(change);
      }),
      { numRuns: 300 },
    );
  });
});
