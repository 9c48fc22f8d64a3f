import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentedSetSchema, type DocumentedSet } from '../../schema/documented.ts';
import { scenarioSchema } from '../../schema/scenario.ts';
import type { Gateway } from '../assemble.ts';
import type { Exchange, ExchangeRequest } from '../exchange.ts';
import { openKit } from '../open-kit.ts';
import { packKit } from '../pack-kit.ts';
import { createGateway } from '../simulate.ts';

const setOf = (gateway: string): DocumentedSet =>
  documentedSetSchema.parse(parse(readFileSync(`content/documented/${gateway}.yaml`, 'utf8')));

function gatewayOf(id: string, written: object = {}): Gateway {
  const scenario = scenarioSchema.parse({
    format: 1,
    title: 'A documented gateway under test',
    summary: 'Only for this test, with one route by default.',
    gateway: { id, connectTimeout: '3s', readTimeout: '7s' },
    network: { client: '10ms', upstream: '1ms' },
    routes: [{ match: '* /*' }],
    ...written,
  });
  const recordings = setOf(id.split('@')[0] ?? '');
  const packed = structuredClone(packKit(scenario, recordings));
  const gateways = [createGateway({ scenario, recordings }), openKit(scenario, packed)] as const;
  const both = (ask: (gateway: Gateway) => Exchange): Exchange => {
    const [here, inThePage] = gateways.map(ask);
    expect(inThePage).toEqual(here);
    if (!here) throw new Error('Nobody answered.');
    return here;
  };
  return {
    match: gateways[0].match,
    answer: (request, at) => both((gateway) => gateway.answer(request, at)),
    abandon: (exchange, elapsedMs) => both((gateway) => gateway.abandon(exchange, elapsedMs)),
  };
}

const ask = (method = 'GET', headers: ExchangeRequest['headers'] = []): ExchangeRequest => ({
  method,
  url: 'https://api.example.com/orders/42',
  headers: [['User-Agent', 'test/1'], ...headers],
  body: '',
});

const route = (fault: string, more: object = {}): object => ({ routes: [{ match: '* /*', fault, ...more }] });

describe('a scenario behind a documented gateway', () => {
  it('follows its schedule, and says where each answer is stated', () => {
    const gateway = gatewayOf('aws-alb', route('close-after-request', { schedule: { first: 2 } }));
    const seen = [0, 1000, 2000].map((at) => gateway.answer(ask(), at));
    expect(seen.map(({ client }) => client.status)).toEqual([502, 502, 200]);
    expect(seen.map(({ answeredBy }) => answeredBy)).toEqual(['gateway', 'gateway', 'upstream']);
    expect(seen.map(({ gateway: { provenance } }) => provenance.kind)).toEqual(Array(3).fill('documented'));
    expect(seen[0]?.gateway.provenance).toMatchObject({
      source: expect.stringContaining('https://docs.aws.amazon.com/') as string,
    });
    expect(seen[0]?.log.access[0]).toContain(' 502 - ');
  });

  it("passes the scenario's own answer on", () => {
    const gateway = gatewayOf('cloudflare', route('ok', { response: { status: 404, body: 'no such order' } }));
    const { client, answeredBy } = gateway.answer(ask(), 0);
    expect(client).toMatchObject({ status: 404, body: 'no such order' });
    expect(client.headers).toContainEqual(['Server', 'cloudflare']);
    expect(answeredBy).toBe('upstream');
  });

  it('answers as the variant that the scenario names', () => {
    const statusOf = (id: string) => gatewayOf(id, route('tls-self-signed')).answer(ask(), 0).client.status;
    expect([statusOf('cloudflare'), statusOf('cloudflare@full')]).toEqual([526, 200]);
  });

  it("waits for the documented timer, and for the scenario's where none is documented", () => {
    const elapsed = (id: string) => gatewayOf(id, route('read-timeout')).answer(ask(), 0).client.elapsedMs;
    expect(elapsed('cloudflare')).toBe(120_000 + 20);
    // Its timers are the reader's to set, and it tries six times.
    expect(elapsed('kong')).toBe(6 * 7000 + 20);
  });

  it('keeps the books of an application with side effects', () => {
    const gateway = gatewayOf(
      'aws-alb',
      route('close-after-request', { schedule: { first: 1 }, effect: 'order placed' }),
    );
    const keyed = ask('POST', [['Idempotency-Key', 'k1']]);
    const [first, again] = [gateway.answer(keyed, 0), gateway.answer(keyed, 500)];
    expect(first.ledger).toMatchObject({ outcome: 'performed', copy: 1 });
    expect(again.client.status).toBe(200);
    expect(again.ledger?.outcome).toBe('replayed');
  });

  it('turns away what its full servers refuse', () => {
    const gateway = gatewayOf('aws-alb', {
      system: { servers: [{ workers: 1, queue: 0, service: '1s', whenFull: 'refuse' }] },
    });
    const seen = [0, 10, 20, 3000].map((at) => gateway.answer(ask(), at));
    expect(seen.map(({ client }) => client.status)).toEqual([200, 502, 502, 200]);
    expect(seen[1]).toMatchObject({ fault: 'connect-refused', cause: 'overload' });
    expect(seen[3]?.client.elapsedMs).toBeGreaterThanOrEqual(1000);
  });
});

describe('a client that leaves a documented gateway', () => {
  it('is logged as the documentation says', () => {
    const gateway = gatewayOf('aws-alb', route('ok-slow'));
    const left = gateway.abandon(gateway.answer(ask(), 0), 300);
    expect(left).toMatchObject({
      cause: 'client-aborted',
      answeredBy: null,
      client: { status: null, error: 'aborted' },
    });
    expect(left.log.access[0]).toContain(' 460 ');
    expect(left.wire).toEqual([]);
  });

  it('finds all well as long as it stays', () => {
    const gateway = gatewayOf('aws-alb', route('client-closes-early'));
    expect(gateway.answer(ask(), 0)).toMatchObject({
      fault: 'client-closes-early',
      cause: null,
      client: { status: 200 },
    });
  });

  it('leaves no log line where nothing is documented about it', () => {
    const gateway = gatewayOf('cloudfront', route('read-timeout'));
    const left = gateway.abandon(gateway.answer(ask(), 0), 300);
    expect(left.log).toEqual({ access: [], error: [] });
    expect(left.verdict).toContain('does not say');
  });
});

describe('a scenario that the documentation does not cover', () => {
  it('is refused before the run, with the reason and what to do', () => {
    expect(() => gatewayOf('aws-alb', route('dns-nxdomain'))).toThrow(
      'There is no documented answer of AWS Application Load Balancer to dns-nxdomain. Targets are registered by instance ' +
        'or by IP address, so there is no name that could fail to resolve. Choose another fault or another gateway.',
    );
    expect(() => gatewayOf('heroku', { chapters: [{ name: 'deploy', at: '5s', fault: 'fcgi-refused' }] })).toThrow(
      /Heroku router to fcgi-refused\. .*Choose another fault/,
    );
    expect(() => gatewayOf('cloudflare@flexible')).toThrow('There is no cloudflare@flexible; its variants are');
  });
});
