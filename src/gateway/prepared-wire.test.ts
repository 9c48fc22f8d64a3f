import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Exchange, ExchangeRequest } from './exchange.ts';
import { createGateway } from './simulate.ts';
import { recordingsOf, scenarioOf } from './story.fixture.ts';

const SETS = readdirSync('content/recordings').flatMap((gateway) =>
  readdirSync(`content/recordings/${gateway}`).map((file) => `${gateway}/${file.replace('.json', '')}`),
);

const request = (method: string): ExchangeRequest => ({
  method,
  url: 'https://api.example.com/orders/42?full=1',
  headers: [['User-Agent', 'test/1']],
  body: method === 'POST' ? '{"item":1}' : '',
});

describe.each(SETS)('%s', (name) => {
  const recordings = recordingsOf(name);
  const [gateway = ''] = name.split('/');
  // Bodies of a megabyte say nothing more than short ones.
  const faults = recordings.recordings.map(({ fault }) => fault).filter((fault) => fault !== 'close-mid-body-large');

  it('answers every fault the same way, whether for the first time or out of what it prepared', () => {
    for (const fault of faults) {
      const scenario = scenarioOf({
        gateway: { id: gateway },
        routes: [
          { match: '* /*', fault, response: { status: 201, body: 'Dear {{name}}', headers: { 'X-App': 'shop' } } },
        ],
      });
      /** The third exchange of a run, a GET at 2500 ms, after two that asked with another method or with the same. */
      const third = (before: string): Exchange | undefined => {
        const simulated = createGateway({ scenario, recordings });
        return [before, before, 'GET'].map((method, index) => simulated.answer(request(method), index * 1250)).at(-1);
      };
      expect(JSON.stringify(third('GET')), fault).toBe(JSON.stringify(third('HEAD')));
    }
  });
});
