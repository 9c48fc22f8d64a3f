import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { harObjections } from '../../../tests/setup/har-objections.ts';
import { pythonInNode } from '../../build/python-in-node.ts';
import { recordingsFor } from '../../build/scenarios.ts';
import type { Exchange } from '../../gateway/exchange.ts';
import { scenarioSchema } from '../../schema/scenario.ts';
import { harOf } from '../har.ts';
import { copyAs } from './copy-as.ts';

/** Requests as Python's clients really send them, copied for other tools. */

const python = await pythonInNode(process.cwd());
afterAll(() => python?.close());

const PROGRAM = `
import asyncio, http.client, urllib.request, httpx, requests, urllib3
URL = "https://api.example.com/orders/42"
requests.get(URL)
requests.get(URL, headers={"Accept": "application/json", "User-Agent": "shop/1.0"}, cookies={"a": "1", "b": "2"})
requests.put(URL, json={"name": "O'Neil"}, headers={"Idempotency-Key": "k-1"}, auth=("me", "it's secret"))
urllib3.PoolManager().request("GET", URL, retries=False)
httpx.get(URL, params={"q": "a b"})
httpx.get(URL, headers={"X-Trace": "abc"})
connection = http.client.HTTPSConnection("api.example.com")
connection.request("GET", "/orders/42", headers={"X-Trace": "abc"})
connection.getresponse().read()
try:
    urllib.request.urlopen(URL)
except OSError:
    pass
`;

const SCENARIO = scenarioSchema.parse({
  ...{ format: 1, title: 'Everything is answered', summary: 'Every request gets an answer.' },
  ...{ gateway: { id: 'nginx' }, origin: 'https://api.example.com' },
  routes: [{ match: '* /*', fault: 'ok', response: { body: { id: 42 } } }],
});

/** The words that a shell gives to curl. */
const curlWords = (command: string): string[] =>
  execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe.skipIf(!python)('a request of a Python program', { timeout: 60_000 }, () => {
  let sent: readonly Exchange[] | null = null;
  const exchanges = async (): Promise<readonly Exchange[]> => {
    if (sent) return sent;
    const what = { scenario: SCENARIO, recordings: recordingsFor('nginx') };
    const result = await python?.run({ code: PROGRAM, fileName: 'client.py', ...what });
    expect(result?.failure).toBeNull();
    return (sent = result?.exchanges ?? []);
  };

  it('is a curl command that a shell reads word for word', async () => {
    const all = await exchanges();
    expect(all).toHaveLength(8);
    for (const { request } of all) {
      const words = curlWords(copyAs({ request }).curl);
      expect(words).toContain(request.url);
      for (const [name, value] of request.headers) {
        if (/^(?:host|connection|content-length)$/i.test(name)) continue;
        expect(words).toContain(`${name}: ${value}`);
      }
      if (request.body !== '') expect(words).toContain(request.body);
    }
  });

  it('repeats for requests what the program asked for, and not what requests writes by itself', async () => {
    const [plain, chosen, json, , fromHttpx] = (await exchanges()).map((exchange) => copyAs(exchange).python);
    expect(plain).toBe(
      'import requests\n\nresponse = requests.get(\n    "https://api.example.com/orders/42",\n    timeout=30,\n)\nprint(response.status_code, response.text)\n',
    );
    expect(chosen).toContain('"User-Agent": "shop/1.0"');
    expect(chosen).toContain('"Accept": "application/json"');
    expect(chosen).toContain('"Cookie": "a=1; b=2"');
    expect(json).not.toMatch(/User-Agent|Accept/);
    expect(json).toContain('"Idempotency-Key": "k-1"');
    expect(json).toContain('"Content-Type": "application/json"');
    expect(json).toContain('"Authorization": "Basic ');
    expect(fromHttpx).toMatch(/"User-Agent": "python-httpx\//i);
  });

  it('stands in an HTTP archive that the schema accepts', async () => {
    const har = harOf({ exchanges: await exchanges() }, 'Python');
    expect(harObjections(har)).toEqual([]);
    expect(har.log.entries[0]?.request.headers.map(({ name }) => name)).toContain('User-Agent');
  });
});
