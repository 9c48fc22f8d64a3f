import { afterAll, describe, expect, test } from 'vitest';
import { pythonInNode } from '../../src/build/python-in-node.ts';
import { loadScenario, recordingsFor } from '../../src/build/scenarios.ts';
import type { RunResult } from '../../src/sandbox/protocol.ts';
import { printedBy } from '../content/run-in-scenario.ts';

/** What Python's back-offs cost the reader, and that chance repeats itself. */

const python = await pythonInNode(process.cwd());
afterAll(() => python?.close());

/** An interpreter takes seconds on a busy machine. All the same it is a tenth of what the programs below wait. */
const COMES_UP = { timeout: 60_000 };

const twice = loadScenario('first-two-attempts-fail');
/** The same, but the API does not come back. */
const scenario = { ...twice, routes: twice.routes.map((route) => ({ ...route, schedule: [{ first: 1000 }] })) };
const recordings = recordingsFor('nginx', null);

async function run(code: string, seed = scenario.seed): Promise<RunResult> {
  if (!python) throw new Error('There is no Python to run this with.');
  return python.run({ code, fileName: 'client.py', scenario: { ...scenario, seed }, recordings });
}

/** Each waits 20, 40, 80, 160 and 320 s between its attempts. */
const LONG_WAITS = {
  'the Retry of urllib3': `
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry
retry = Retry(total=6, backoff_factor=10, backoff_max=320, status_forcelist=[502], raise_on_status=False)
session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=retry))
print(session.get(URL).status_code)
`,
  tenacity: `
from tenacity import retry, retry_if_result, stop_after_attempt, wait_exponential
bad = retry_if_result(lambda response: response.status_code == 502)
@retry(wait=wait_exponential(multiplier=20), stop=stop_after_attempt(6), retry=bad,
       retry_error_callback=lambda state: state.outcome.result())
def get():
    return requests.get(URL)
print(get().status_code)
`,
  'time.sleep': `
for seconds in (20, 40, 80, 160, 320):
    requests.get(URL)
    time.sleep(seconds)
print(requests.get(URL).status_code)
`,
};

const START = 'import time, requests\nURL = "https://api.example.com/orders/42"\nstart = time.monotonic()\n';

test.skipIf(!python).each(Object.entries(LONG_WAITS))('%s waits 620 s in no time', COMES_UP, async (_who, code) => {
  const result = await run(`${START}${code}print(f"{time.monotonic() - start:.0f} s")\n`);
  expect(result.failure).toBeNull();
  expect(printedBy(result)).toEqual(['502', '620 s']);
  expect(Math.round(result.simulatedMs / 1000)).toBe(620);
});

describe('chance', () => {
  const JITTER = `
import asyncio, random, secrets, uuid
import httpx
from requests.adapters import HTTPAdapter
from tenacity import retry, stop_after_attempt, wait_random_exponential
from urllib3.util.retry import Retry
session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=1, backoff_jitter=5,
              status_forcelist=[502], raise_on_status=False)))
session.get(URL)
print(time.monotonic() - start, random.random(), uuid.uuid4(), secrets.token_hex(8))

@retry(wait=wait_random_exponential(multiplier=1, max=60), stop=stop_after_attempt(4), reraise=True)
async def order(client, number):
    response = await client.get(URL)
    print(number, f"{time.monotonic() - start:.6f}", time.time())
    response.raise_for_status()

async def main():
    async with httpx.AsyncClient() as client:
        await asyncio.gather(*(order(client, number) for number in range(3)), return_exceptions=True)

asyncio.run(main())
`;

  test.skipIf(!python)('repeats exactly with the same seed, ten times, and not with another', COMES_UP, async () => {
    const first = await run(START + JITTER);
    expect(first.failure).toBeNull();
    expect(printedBy(first)).toHaveLength(13);
    for (let time = 2; time <= 10; time++) {
      const again = await run(START + JITTER);
      expect(printedBy(again), `run ${time}`).toEqual(printedBy(first));
      expect(again.simulatedMs, `run ${time}`).toBe(first.simulatedMs);
    }
    expect(printedBy(await run(START + JITTER, scenario.seed + 1))).not.toEqual(printedBy(first));
  });
});
