import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioSchema, type Scenario } from '../schema/scenario.ts';
import type { Exchange, ExchangeRequest } from './exchange.ts';
import { FAULTS } from './faults/index.ts';
import type { RecordingSet } from './recording.ts';
import { createGateway } from './simulate.ts';

const recordings = JSON.parse(readFileSync('content/recordings/nginx/1.22.1.json', 'utf8')) as RecordingSet;
const haproxy = JSON.parse(readFileSync('content/recordings/haproxy/2.6.12.json', 'utf8')) as RecordingSet;

const scenarioWith = (settings: object): Scenario =>
  scenarioSchema.parse({
    format: 1,
    title: 'A gateway under test',
    summary: 'Only for this test, with one route by default.',
    gateway: { id: 'nginx' },
    routes: [{ match: '* /*' }],
    ...settings,
  });

const request = (path: string, method = 'GET'): ExchangeRequest => ({
  method,
  url: `https://api.example.com${path}`,
  headers: [['User-Agent', 'test/1']],
  body: '',
});

const route = (fault: string, more: object = {}) => ({ match: '* /*', fault, ...more });

describe('a simulated gateway', () => {
  it('passes the application’s answer on under its own name, dated by the simulated clock', () => {
    const scenario = scenarioWith({
      routes: [route('ok', { response: { body: { id: 42 }, headers: { 'X-App': 'shop' } } })],
    });
    const { client, log, answeredBy } = createGateway({ scenario, recordings }).answer(request('/orders/42'), 1500);
    expect(client).toMatchObject({ status: 200, body: '{"id":42}\n', error: null });
    expect(client.headers).toEqual([
      ['Server', 'nginx/1.22.1'],
      ['Date', 'Thu, 15 Jan 2026 09:00:01 GMT'],
      ['Content-Type', 'application/json'],
      ['Content-Length', '10'],
      ['Connection', 'keep-alive'],
      ['X-App', 'shop'],
    ]);
    expect(answeredBy).toBe('upstream');
    expect(log.access[0]).toContain('"GET /orders/42 HTTP/1.1" 200 10 "-" "test/1"');
  });

  it('writes the scenario’s own status and length into the log of an answer it passed on', () => {
    const scenario = scenarioWith({ routes: [route('ok', { response: { status: 404, body: 'no such order' } })] });
    const { log } = createGateway({ scenario, recordings }).answer(request('/orders/7'), 0);
    expect(log.access[0]).toMatch(/" 404 13 "-".* us="404" /);
  });

  it('fails the first two requests of a route and then lets them through', () => {
    const scenario = scenarioWith({ routes: [route('close-after-request', { schedule: { first: 2 } })] });
    const gateway = createGateway({ scenario, recordings });
    const statuses = [0, 100, 200].map((at) => gateway.answer(request('/orders/42'), at).client.status);
    expect(statuses).toEqual([502, 502, 200]);
  });

  it('waits for the scenario’s timeout, not for the one it was recorded with', () => {
    const scenario = scenarioWith({ gateway: { id: 'nginx', readTimeout: '60s' }, routes: [route('read-timeout')] });
    const { client, log } = createGateway({ scenario, recordings }).answer(request('/slow'), 0);
    expect(client).toMatchObject({ status: 504, elapsedMs: 60_000 + 2 * scenario.network.client });
    expect(log.access[0]).toContain(' rt=60.000 ');
    expect(log.error[0]).toMatch(/^2026\/01\/15 09:01:00 \[error\]/);
  });

  it('delivers what arrived of a body that was cut, and says so', () => {
    const scenario = scenarioWith({ routes: [route('close-mid-body-cl', { response: { body: 'x'.repeat(50) } })] });
    const { client, answeredBy } = createGateway({ scenario, recordings }).answer(request('/report'), 0);
    expect(client).toMatchObject({ status: 200, body: 'xxxxx', truncated: true, error: 'truncated' });
    expect(answeredBy).toBe('upstream');
  });

  it('logs 499 when the client leaves before the answer', () => {
    const scenario = scenarioWith({ routes: [route('read-timeout')] });
    const gateway = createGateway({ scenario, recordings });
    const left = gateway.abandon(gateway.answer(request('/slow'), 0), 1000);
    expect(left.client).toMatchObject({ status: null, error: 'aborted', elapsedMs: 1000 });
    expect(left.log.access[0]).toContain('"GET /slow HTTP/1.1" 499 0 ');
    expect(left.cause).toBe('client-aborted');
  });

  it('logs what came after the client had left, where the gateway does not look at its client', () => {
    const scenario = scenarioWith({ gateway: { id: 'haproxy' }, routes: [route('ok', { response: { delay: '5s' } })] });
    const gateway = createGateway({ scenario, recordings: haproxy });
    const left = gateway.abandon(gateway.answer(request('/slow'), 0), 3000);
    expect(left.client).toMatchObject({ status: null, error: 'aborted', elapsedMs: 3000 });
    expect(left.log.access[0]).toMatch(/ 0\/0\/\d\/500\d\/500\d 200 \d+ - - ---- /);
    expect(left).toMatchObject({ cause: 'client-aborted', answeredBy: null });
  });

  it('answers a POST with what was recorded of a POST', () => {
    const scenario = scenarioWith({ routes: [route('ka-race-get')] });
    const gateway = createGateway({ scenario, recordings });
    expect(gateway.answer(request('/orders'), 0)).toMatchObject({ client: { status: 200 }, fault: 'ka-race-get' });
    expect(gateway.answer(request('/orders', 'POST'), 0)).toMatchObject({
      client: { status: 502 },
      fault: 'ka-race-get',
    });
  });

  it('sends no body in answer to a HEAD', () => {
    const scenario = scenarioWith({ routes: [route('connect-refused')] });
    const { wire, client } = createGateway({ scenario, recordings }).answer(request('/', 'HEAD'), 0);
    expect(wire.map((event) => (event.kind === 'bytes' ? event.bytes.slice(-4) : event.kind))).toEqual([
      '\r\n\r\n',
      'stall',
    ]);
    expect(client).toMatchObject({ status: 502, body: '', error: null });
  });

  it('tells of every server that it tried, at its own address and for its own time', () => {
    const scenario = scenarioWith({
      gateway: { id: 'nginx', readTimeout: '10s' },
      upstream: '10.0.0.12:8080',
      routes: [route('retry-timeout-get', { response: { body: 'done', delay: '30ms' } })],
    });
    const { client, upstream, log } = createGateway({ scenario, recordings }).answer(request('/orders'), 0);
    expect(client).toMatchObject({ status: 200, body: 'done' });
    expect(upstream.map(({ address, startedAt, wire }) => [address, startedAt, wire[0]?.kind])).toEqual([
      ['10.0.0.12:8080', 12, 'stall'],
      ['10.0.0.13:8080', 10_012, 'bytes'],
    ]);
    expect(log.access[0]).toMatch(/ urt="10\.000, 0\.\d+" ua="10\.0\.0\.12:8080, 10\.0\.0\.13:8080" us="504, 200"/);
  });

  it('holds a small body back until it is whole, as nginx does, however slowly it came', () => {
    const scenario = scenarioWith({
      routes: [route('trickle-body', { response: { body: 'abcdefghijklmnopqrst', delay: '0ms' } })],
    });
    const { wire, client, upstream } = createGateway({ scenario, recordings }).answer(request('/'), 0);
    expect(client).toMatchObject({ status: 200, body: 'abcdefghijklmnopqrst', elapsedMs: 3000 + 2 * 12 + 4 * 1 });
    expect(wire.filter(({ kind }) => kind === 'bytes')).toHaveLength(1);
    expect(upstream[0]?.wire.filter(({ kind }) => kind === 'bytes')).toHaveLength(11);
  });

  it('delivers bytes that are no HTTP as they are', () => {
    const scenario = scenarioWith({ routes: [route('garbage-ssh')] });
    const { client, answeredBy } = createGateway({ scenario, recordings }).answer(request('/'), 0);
    expect(client).toMatchObject({ status: null, error: 'not-http', body: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' });
    expect(answeredBy).toBeNull();
  });

  it('is not there when its program did not start', () => {
    const scenario = scenarioWith({ routes: [route('dns-nxdomain-start')] });
    const { client, verdict, upstream } = createGateway({ scenario, recordings }).answer(request('/'), 0);
    expect(client).toMatchObject({ status: null, error: 'refused' });
    expect(verdict).toContain('the gateway did not start (exit code 1): ');
    expect(upstream).toEqual([]);
  });

  it('leaves braces in the application’s own answer alone', () => {
    const scenario = scenarioWith({ routes: [route('ok', { response: { body: 'Dear {{name}}' } })] });
    expect(createGateway({ scenario, recordings }).answer(request('/'), 0).client.body).toBe('Dear {{name}}');
  });

  it('says which recorded version stands in for one that was not recorded', () => {
    const scenario = scenarioWith({ gateway: { id: 'nginx@1.18' } });
    const { gateway } = createGateway({ scenario, recordings }).answer(request('/'), 0);
    expect(gateway.provenance).toMatchObject({ program: 'nginx/1.22.1', standsInFor: 'nginx 1.18' });
  });

  it('refuses a fault that nobody recorded, and a request that no route takes', () => {
    expect(() => createGateway({ scenario: scenarioWith({ routes: [route('solar-flare')] }), recordings })).toThrow(
      'There is no fault "solar-flare"',
    );
    const scenario = scenarioWith({ routes: [{ match: 'GET /orders/*' }] });
    const gateway = createGateway({ scenario, recordings });
    expect(gateway.match(request('/users'))).toBeNull();
    expect(() => gateway.answer(request('/users'), 0)).toThrow('takes GET https://api.example.com/users');
  });
});

/** Scenarios of any faults, schedules and delays, and requests that come in order. */
const anyRun = fc.record({
  seed: fc.nat(),
  routes: fc.array(
    fc.record({
      fault: fc.constantFrom(...FAULTS.map(({ id }) => id)),
      schedule: fc.oneof(
        fc.constant({}),
        fc.record({ first: fc.nat(5) }),
        fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }) }),
      ),
      response: fc.record({
        status: fc.oneof(fc.constantFrom(200, 204, 304), fc.integer({ min: 200, max: 599 })),
        body: fc.string(),
        delay: fc.nat(100_000).map((ms) => `${ms}ms`),
      }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  gaps: fc.array(fc.nat(100_000), { maxLength: 12 }),
});

describe('whatever is asked of it', () => {
  const play = ({ seed, routes, gaps }: typeof anyRun extends fc.Arbitrary<infer Run> ? Run : never): Exchange[] => {
    const scenario = scenarioWith({ seed, routes: routes.map((one, index) => ({ match: `* /${index}`, ...one })) });
    const gateway = createGateway({ scenario, recordings });
    let at = 0;
    return gaps.map((gap, index) => gateway.answer(request(`/${index % routes.length}`), (at += gap)));
  };

  it('answers once, in order, without going back in time or leaving a placeholder behind', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const exchanges = play(run);
        expect(exchanges.map(({ id }) => id)).toEqual(run.gaps.map((_, index) => index + 1));
        for (const exchange of exchanges) {
          const times = exchange.wire.map(({ at }) => at);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          expect(times.every((at) => Number.isFinite(at) && at >= 0)).toBe(true);
          expect(JSON.stringify([exchange.log, exchange.client.headers])).not.toContain('{{');
        }
      }),
    );
  });

  it('gives the same bytes for the same seed', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        expect(JSON.stringify(play(run))).toBe(JSON.stringify(play(run)));
      }),
    );
  });
});
