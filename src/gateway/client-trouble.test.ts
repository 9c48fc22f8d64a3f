import { describe, expect, it } from 'vitest';
import { recordingsFor } from '../build/scenarios.ts';
import { runInNode } from '../sandbox/run-in-node.ts';
import { scenarioSchema } from '../schema/scenario.ts';

const written = (client: object): unknown => ({
  format: 1,
  title: 'A client in trouble',
  summary: 'The client does not come to the gateway at first.',
  gateway: { id: 'nginx' },
  client,
  routes: [{ match: '* /*', fault: 'close-after-request', schedule: { first: 1 } }],
});

describe('what keeps a client from its gateway', () => {
  it.each([
    ['dns', 'client-dns', 'lookup-failed'],
    ['refused', 'client-connect', 'connect-failed'],
    ['connect-timeout', 'client-timeout', 'connect-failed'],
    ['tls-expired', 'client-tls', 'tls-failed'],
  ])(
    'is %s to a program as to its browser, and nothing of it comes to the gateway',
    { timeout: 30_000 },
    async (trouble, cause, kind) => {
      const code = `for (let turn = 0; turn < 4; turn++)
      console.log(await fetch('https://api.example.com/orders/42').then(({ status }) => status, String));`;
      const scenario = scenarioSchema.parse(written({ trouble, schedule: { first: 2 } }));
      const run = await runInNode({ code, fileName: 'client.js', scenario, recordings: recordingsFor('nginx') });
      const printed = run.console.map(({ values: [value] }) => (value && 'text' in value ? value.text : ''));
      const failed = 'TypeError: Failed to fetch';
      expect(printed).toEqual([failed, failed, '502', '200']);
      expect(run.exchanges.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
      const [first] = run.exchanges;
      expect(first).toMatchObject({ cause, wire: [{ kind }], upstream: [], answeredBy: null });
      expect(first?.log).toEqual({ access: [], error: [] });
    },
  );

  it('says to an author what may be written', () => {
    const wrong = (client: object): string =>
      scenarioSchema
        .safeParse(written(client))
        .error?.issues.map(({ message }) => message)
        .join() ?? '';
    expect(wrong({ trouble: 'dsn' })).toContain('must be one of dns, refused, connect-timeout, tls-expired');
    expect(wrong({ trouble: 'dns', schedule: { methods: ['POST'] } })).toContain('has not sent its request yet');
  });
});
