import { describe, expect, it } from 'vitest';
import type { RecordingSet } from '../gateway/recording.ts';
import { scenarioSchema, type Scenario, type ScenarioText } from '../schema/scenario.ts';
import { fromWireMock } from '../gateway/wiremock/from-wiremock.ts';
import { routeAnswers } from './route-answers.ts';
import { toWireMock } from './wiremock.ts';
import { wireMockFileSchema } from '../gateway/wiremock/wiremock-shape.ts';

const WELL =
  'HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nContent-Type: text/plain\r\nContent-Length: 20\r\nConnection: keep-alive\r\n\r\nhello from upstream\n';
const HEAD =
  'HTTP/1.1 502 Bad Gateway\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\n';

/** As if nginx had been recorded with these faults. */
const recordings = (faults: readonly string[]): RecordingSet => ({
  format: 1,
  gateway: 'nginx',
  version: '1.22.1',
  program: 'nginx/1.22.1',
  platform: 'test',
  date: '2026-01-15',
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings: '',
  recordings: ['ok', ...faults].map((fault) => ({
    fault,
    method: 'GET',
    config: '',
    wire: [
      { at: 1, kind: 'bytes', bytes: fault === 'ok' ? WELL : `${HEAD}gone` },
      { at: 1, kind: 'stall' },
    ],
    attempts: 1,
    log: { access: [], error: [] },
  })),
});

const scenario = (...routes: ScenarioText['routes']): Scenario =>
  scenarioSchema.parse({
    format: 1,
    title: 'An upstream to export',
    summary: 'Routes that are exported to WireMock and read back.',
    gateway: { id: 'nginx' },
    routes,
  });

const exported = (given: Scenario, stands?: 'upstream') =>
  toWireMock(given, routeAnswers(given, recordings(given.routes.map(({ fault }) => fault))), stands);

describe('a scenario as WireMock mappings', () => {
  it('fails the first requests by a row of states and then stays well', () => {
    const { mappings } = exported(
      scenario({ match: 'GET /orders/42', fault: 'close-after-request', schedule: { first: 2 } }),
    );
    expect(
      mappings.map(({ requiredScenarioState, newScenarioState, response }) => [
        requiredScenarioState,
        newScenarioState,
        response.status,
      ]),
    ).toEqual([
      ['Started', 'request 2', 502],
      ['request 2', 'request 3', 502],
      ['request 3', undefined, 200],
    ]);
    expect(mappings[0]?.response).toMatchObject({
      body: 'gone',
      statusMessage: 'Bad Gateway',
      headers: { Server: 'nginx/1.22.1' },
    });
  });

  it('goes round for every Nth request', () => {
    const { mappings } = exported(
      scenario({ match: '* /reports/*', fault: 'close-after-request', schedule: { every: 2 } }),
    );
    expect(mappings.map(({ newScenarioState, response }) => [newScenarioState, response.status])).toEqual([
      ['request 2', 200],
      ['Started', 502],
    ]);
    expect(mappings[0]?.request).toEqual({ method: 'ANY', urlPathPattern: '/reports/.*' });
  });

  it('plays the upstream’s own faults when it stands in its place, and says what is lost', () => {
    const routes = [
      'close-after-request',
      'rst-after-request',
      'garbage-binary',
      'chunk-size-bad',
      'connect-refused',
      'app-503',
    ];
    const { mappings } = exported(
      scenario({ match: 'GET /ok' }, ...routes.map((fault) => ({ match: `GET /${fault}`, fault }))),
      'upstream',
    );
    expect(mappings.map(({ response }) => response.fault ?? response.status)).toEqual([
      200,
      'EMPTY_RESPONSE',
      'CONNECTION_RESET_BY_PEER',
      'RANDOM_DATA_THEN_CLOSE',
      'MALFORMED_RESPONSE_CHUNK',
      'CONNECTION_RESET_BY_PEER',
      503,
    ]);
    expect(mappings[1]?.metadata).toEqual({ fault: 'close-after-request', cannotExpress: [] });
    expect(mappings[5]?.metadata?.['cannotExpress']).toEqual([
      'The error itself (refused): a server that listens cannot play it.',
    ]);
  });

  it('says that it has no dice', () => {
    const { mappings } = exported(
      scenario({ match: 'GET /a', fault: 'close-after-request', schedule: { probability: 0.3 } }),
    );
    expect(mappings).toHaveLength(1);
    expect(JSON.stringify(mappings[0]?.metadata)).toContain('with probability 0.3; WireMock rolls no dice');
  });
});

describe('a scenario out of WireMock mappings', () => {
  it('is the scenario that was exported', () => {
    const given = scenario(
      {
        match: 'GET /orders/42',
        fault: 'close-after-request',
        schedule: { first: 2 },
        response: { body: '{"id":42}\n', headers: { 'Content-Type': 'application/json' } },
      },
      { match: '* /reports/*', fault: 'rst-after-request' },
      { match: 'POST /orders', response: { status: 201, delay: '0ms', headers: { 'Content-Type': 'text/plain' } } },
    );
    const imported = fromWireMock(JSON.parse(JSON.stringify(exported(given, 'upstream'))));
    expect(imported.kind).toBe('scenario');
    const back = imported.kind === 'scenario' ? scenarioSchema.parse(imported.scenario) : null;
    expect(back?.routes.map(({ match, fault, schedule }) => ({ match, fault, schedule }))).toEqual(
      given.routes.map(({ match, fault, schedule }) => ({ match, fault, schedule })),
    );
    expect(back?.routes[0]?.response).toMatchObject({ status: 200, body: '{"id":42}\n', delay: 20 });
    expect(back?.routes[2]?.response).toMatchObject({ status: 201, delay: 0 });
  });

  it('takes data in jsonBody, and one mapping alone', () => {
    const imported = fromWireMock({
      request: { method: 'GET', url: '/a' },
      response: { status: 200, jsonBody: { id: 1 } },
    });
    expect(imported).toMatchObject({
      kind: 'scenario',
      scenario: { routes: [{ match: 'GET /a', response: { body: { id: 1 } } }] },
    });
  });

  it.each([
    [
      'a matcher that routes do not have',
      { request: { method: 'GET', urlPath: '/a', headers: {} }, response: {} },
      /request: .*headers/,
    ],
    [
      'a regular expression',
      { request: { method: 'GET', urlPathPattern: '/a/[0-9]+' }, response: {} },
      /its URL is no fixed path/,
    ],
    ['a query', { request: { method: 'GET', url: '/a?b=1' }, response: {} }, /its URL is no fixed path/],
    [
      'a random delay',
      { request: { method: 'GET', urlPath: '/a' }, response: { delayDistribution: {} } },
      /delayDistribution/,
    ],
    [
      'two headers of one name',
      { request: { method: 'GET', urlPath: '/a' }, response: { headers: { A: ['1', '2'] } } },
      /comes twice/,
    ],
    [
      'a body that is no text',
      { request: { method: 'GET', urlPath: '/a' }, response: { base64Body: '/w==' } },
      /no text in UTF-8/,
    ],
    ['no mappings', { mappings: [] }, /no mappings/],
    [
      'an answer that changes without a fault',
      {
        mappings: [
          {
            scenarioName: 's',
            requiredScenarioState: 'Started',
            newScenarioState: 'b',
            request: { method: 'GET', urlPath: '/a' },
            response: { status: 503 },
          },
          {
            scenarioName: 's',
            requiredScenarioState: 'b',
            request: { method: 'GET', urlPath: '/a' },
            response: { status: 200 },
          },
        ],
      },
      /is no fault/,
    ],
  ])('refuses %s, and says why', (_, json, reason) => {
    const imported = fromWireMock(json);
    expect(imported).toMatchObject({ kind: 'lossy' });
    expect(imported.kind === 'lossy' ? imported.reasons.join('\n') : '').toMatch(reason);
  });

  it('has the shape that it writes', () => {
    const file = exported(scenario({ match: 'GET /a', fault: 'close-after-request' }));
    expect(wireMockFileSchema.parse(JSON.parse(JSON.stringify(file)))).toEqual(JSON.parse(JSON.stringify(file)));
  });
});
