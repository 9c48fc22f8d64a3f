import { describe, expect, it } from 'vitest';
import { scenarioSchema, type Scenario } from '../schema/scenario.ts';
import { nginx } from './nginx.ts';
import { cannotTakeHome, planOf } from './plan.ts';

const scenario = (routes: readonly object[], more: object = {}): Scenario =>
  scenarioSchema.parse({
    format: 1,
    title: 'Something to take home',
    summary: 'Routes that a gateway on another machine is to know.',
    gateway: { id: 'nginx' },
    routes,
    ...more,
  });

const goesOf = (given: Scenario) =>
  planOf(given).places.map(({ path, goes }) => [path, typeof goes === 'string' ? goes : goes.fault.id]);

describe('the places of a plan', () => {
  it('keeps a gateway’s configuration plain while the application can play the fault', () => {
    const plan = planOf(scenario([{ match: 'GET /orders/42', fault: 'close-after-request', schedule: { first: 2 } }]));
    expect(plan).toMatchObject({ lanes: [], directorPort: null, nameServerPort: null, ports: 1 });
    const [{ text }] = nginx.files(plan);
    expect(text).toContain('location = /orders/42 {\n      proxy_pass http://127.0.0.1:9000;\n    }');
    expect(text).not.toContain('auth_request');
  });

  it('sends a path straight to a server of its own while nothing has to be decided', () => {
    expect(goesOf(scenario([{ match: 'GET /a', fault: 'connect-refused' }, { match: 'GET /b' }]))).toEqual([
      ['/a', 'connect-refused'],
      ['/b', 'application'],
    ]);
  });

  it.each([
    ['a schedule', [{ match: 'GET /a', fault: 'connect-refused', schedule: { first: 1 } }]],
    ['two methods', [{ match: 'GET /a', fault: 'connect-refused' }, { match: 'POST /a' }]],
    ['a wider route before it', [{ match: 'GET /*', fault: 'connect-refused' }, { match: 'POST /a' }]],
    ['a server that has to be told', [{ match: 'GET /a', fault: 'slow-connect' }]],
  ])('asks the upstream where %s decides', (_, routes) => {
    expect(goesOf(scenario(routes)).map(([, goes]) => goes)).toContain('ask');
  });

  it('puts the narrowest path first', () => {
    const given = scenario([{ match: '* /*' }, { match: 'GET /reports/*' }, { match: 'GET /reports/7' }]);
    expect(planOf(given).places.map(({ path }) => path)).toEqual(['/reports/7', '/reports/', '/']);
  });
});

describe('what cannot be taken home', () => {
  it.each([
    ['fcgi-fatal', /FastCGI/],
    ['uwsgi-exception', /uWSGI/],
  ])('is %s', (fault, words) => expect(cannotTakeHome(scenario([{ match: 'GET /a', fault }]))).toMatch(words));

  it('is a scenario that fails by its load alone', () => {
    expect(cannotTakeHome(scenario([{ match: 'GET /a' }], { system: {} }))).toMatch(/load on servers/);
    expect(cannotTakeHome(scenario([{ match: 'GET /a', fault: 'app-503' }], { system: {} }))).toBeNull();
  });

  it('is a scenario whose client never comes to the gateway', () => {
    const client = { trouble: 'dns' };
    expect(cannotTakeHome(scenario([{ match: 'GET /a' }], { client }))).toMatch(/between the client and the gateway/);
    expect(cannotTakeHome(scenario([{ match: 'GET /a', fault: 'app-503' }], { client }))).toBeNull();
  });
});
