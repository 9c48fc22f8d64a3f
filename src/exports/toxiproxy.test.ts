import { expect, it } from 'vitest';
import { scenarioSchema } from '../schema/scenario.ts';
import { toToxiproxy, toxiproxySchema } from './toxiproxy.ts';

const exported = (
  ...routes: readonly { readonly match: string; readonly fault: string; readonly schedule?: object }[]
) =>
  toxiproxySchema.parse(
    toToxiproxy(
      scenarioSchema.parse({
        format: 1,
        title: 'An upstream behind Toxiproxy',
        summary: 'Routes whose connections break in ways that Toxiproxy knows.',
        gateway: { id: 'nginx' },
        routes,
      }),
    ),
  );

it.each([
  ['close-after-request', 'limit_data', { bytes: 0 }],
  ['rst-after-request', 'reset_peer', { timeout: 0 }],
  ['read-timeout', 'timeout', { timeout: 0 }],
  ['ok-slow', 'latency', { latency: 500, jitter: 0 }],
  ['trickle-header', 'slicer', { average_size: 1, size_variation: 0, delay: 300_000 }],
])('plays %s by %s', (fault, type, attributes) => {
  const { toxics, cannotExpress } = exported({ match: 'GET /a', fault });
  expect(toxics).toEqual([
    { name: `${fault}-${type}`, type, stream: 'downstream', toxicity: 1, proxy: '1-get-a', attributes },
  ]);
  expect(cannotExpress).toHaveLength(1);
});

it('switches the proxy of an upstream off that refuses connections', () => {
  expect(exported({ match: 'GET /a', fault: 'connect-refused' })).toMatchObject({
    proxies: [{ enabled: false }],
    toxics: [],
  });
});

it('gives each route a proxy with a port of its own, and rolls dice by connection', () => {
  const { proxies, toxics } = exported(
    { match: 'GET /a', fault: 'rst-after-request', schedule: { probability: 0.3 } },
    { match: '* /reports/*', fault: 'ok' },
  );
  expect(proxies.map(({ name, listen }) => [name, listen])).toEqual([
    ['1-get-a', '127.0.0.1:20000'],
    ['2-reports', '127.0.0.1:20001'],
  ]);
  expect(toxics[0]?.toxicity).toBe(0.3);
});

it('says what connections cannot show', () => {
  const { cannotExpress, toxics } = exported(
    { match: 'GET /a', fault: 'app-503' },
    { match: 'GET /b', fault: 'connect-timeout', schedule: { first: 1 } },
  );
  expect(toxics).toEqual([]);
  expect(cannotExpress.join('\n')).toMatch(/app-503: Toxiproxy knows no HTTP/);
  expect(cannotExpress.join('\n')).toMatch(/connect-timeout: Toxiproxy accepts every connection/);
  expect(cannotExpress.join('\n')).toMatch(/the first 1/);
});
