import { beforeAll, describe, expect, it, vi } from 'vitest';
import { allChoices } from '../build/choices.ts';
import { documentedSetFor } from '../build/documented.ts';
import { answersFor } from '../build/scenario-recordings.ts';
import { recordingsFor } from '../build/scenarios.ts';
import type { ExchangeRequest } from '../gateway/exchange.ts';
import { isGatewayId, type GatewayId } from '../gateway/ids.ts';
import { openKit } from '../gateway/open-kit.ts';
import { portableRecordings } from '../gateway/portable-recordings.ts';
import { profileOf } from '../gateway/profiles/index.ts';
import { createGateway } from '../gateway/simulate.ts';
import { scenarioSchema, type Scenario } from '../schema/scenario.ts';
import { adjusted } from './adjust.ts';
import { makeRun } from './kit-maker.ts';

const choices = allChoices();

/** The site's own data, as its endpoints answer. */
function answerFor(path: string): unknown {
  const [, data, kind, gateway = '', version = ''] = path.replace(/\.json$/, '').split('/');
  expect(data).toBe('data');
  if (kind === 'choices') return choices;
  if (kind === 'documented') return documentedSetFor(gateway);
  if (kind === 'recordings' && isGatewayId(gateway)) {
    return portableRecordings(recordingsFor(gateway, version), profileOf(gateway));
  }
  throw new Error(`The page asked for ${path}.`);
}

beforeAll(() => {
  vi.stubGlobal('fetch', (path: string) => Promise.resolve(Response.json(answerFor(path))));
  return () => vi.unstubAllGlobals();
});

const SHOP: Scenario = scenarioSchema.parse({
  format: 1,
  title: 'Any gateway and any fault',
  summary: 'The orders fail at first; the application says something of its own.',
  gateway: { id: 'nginx', connectTimeout: '3s', readTimeout: '7s' },
  routes: [
    {
      match: '* /orders/*',
      fault: 'close-after-request',
      schedule: { first: 2 },
      response: { status: 201, body: { id: 42 }, headers: { 'X-App': 'shop' } },
      effect: 'order placed',
    },
  ],
});

const request = (method: string): ExchangeRequest => ({
  method,
  url: 'https://api.example.com/orders/42',
  headers: [['Host', 'api.example.com']],
  body: method === 'POST' ? '{"total":1}' : '',
});

/** Each method twice, and a client that leaves. */
function story(gateway: ReturnType<typeof openKit>): string {
  const exchanges = ['GET', 'POST', 'GET', 'POST'].map((method, turn) =>
    gateway.answer(request(method), turn * 60_000),
  );
  const left = exchanges.map((exchange) => gateway.abandon(exchange, 5));
  return JSON.stringify([exchanges, left]);
}

const gatewaysWith = (fault: string): readonly GatewayId[] =>
  choices.faults.find(({ id }) => id === fault)?.gateways ?? [];

describe('a kit that was packed in the page', () => {
  it.each(choices.gateways.map(({ id }) => id))('answers for %s as the build does, whatever the fault', async (id) => {
    const faults = choices.faults.filter(({ gateways }) => gateways.includes(id));
    expect(faults.length).toBeGreaterThan(10);
    for (const { id: fault } of faults) {
      const scenario = adjusted(SHOP, { gateway: id, fault });
      const { kit, guestUrl } = await makeRun(scenario);
      const sent = structuredClone(kit);
      const expected = story(createGateway({ scenario, recordings: answersFor(id, null) }));
      expect(story(openKit(scenario, sent)) === expected, fault).toBe(true);
      expect(guestUrl).toMatch(/^\/sandbox\/guest\/(?:documented|[a-z0-9-]+-full)\.js$/);
    }
  });

  it('takes the version that is nearest to the one asked for', async () => {
    const { kit } = await makeRun(adjusted(SHOP, { gateway: 'nginx@1.24' }));
    expect('recordings' in kit && kit.recordings.version).toBe('1.22.1');
  });
});

describe('what nobody can answer', () => {
  const sentence = (change: Parameters<typeof adjusted>[1]): Promise<string> =>
    makeRun(adjusted(SHOP, change)).then(
      () => 'It ran.',
      (error: unknown) => String(error instanceof Error ? error.message : error),
    );

  it('is told before the run, with what to do', async () => {
    expect(await sentence({ gateway: 'ngnix' })).toBe(
      'There is no gateway "ngnix"; the nearest are nginx, nghttpx, squid.',
    );
    expect(await sentence({ fault: 'close-after-requset' })).toContain(
      'There is no fault "close-after-requset"; the nearest are close-after-request,',
    );
    expect(await sentence({ gateway: 'cloudflare', fault: 'unix-missing' })).toBe(
      'There is no documented answer of Cloudflare to unix-missing. An origin is an address or a name; ' +
        'there are no unix sockets. Choose another fault or another gateway.',
    );
    expect(await sentence({ gateway: 'haproxy', fault: 'fcgi-ok' })).toContain('Choose another fault');
    expect(await sentence({ gateway: 'cloudflare@flexible' })).toBe(
      'There is no cloudflare@flexible; its variants are full-strict, full.',
    );
  });

  it('is no choice', () => {
    expect(gatewaysWith('unix-missing')).not.toContain('cloudflare');
    expect(gatewaysWith('ok')).toHaveLength(choices.gateways.length);
  });
});
