import { describe, expect, it, vi } from 'vitest';
import { scenarioWithRecordings } from '../build/scenario-recordings.ts';
import { loadScenario, recordingsFor } from '../build/scenarios.ts';
import { RUN_EPOCH } from '../gateway/run-epoch.ts';
import type { ConsoleValue, RunResult } from './protocol.ts';
import { runInNode } from './run-in-node.ts';

// Every run starts a thread of its own; twenty of them take a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const recordings = recordingsFor('nginx');

const run = (code: string, scenario = 'first-two-attempts-fail'): Promise<RunResult> =>
  runInNode({ code, fileName: 'client.js', scenario: loadScenario(scenario), recordings });

const textOf = (value: ConsoleValue): string =>
  'text' in value ? value.text : value.type === 'error' ? `${value.name}: ${value.message}` : value.type;
const printed = (result: RunResult): string[] => result.console.map(({ values }) => values.map(textOf).join(' '));

const BACK_OFF = `
async function order(attempt = 1) {
  const response = await fetch('/orders/42', {
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    signal: AbortSignal.timeout(5000),
  });
  console.log('attempt', attempt, response.status);
  if (response.ok) return response.json();
  await new Promise((resolve) => setTimeout(resolve, 60_000 * (0.5 + Math.random())));
  return order(attempt + 1);
}
const [first, second] = await Promise.allSettled([order(), order()]);
console.log(first.value, second.value, new Date());`;

describe('a run', () => {
  it('repeats byte for byte, jitter and random keys included', async () => {
    const runs: string[] = [];
    for (let round = 0; round < 5; round++) {
      const together = await Promise.all([run(BACK_OFF), run(BACK_OFF), run(BACK_OFF), run(BACK_OFF)]);
      runs.push(...together.map((result) => JSON.stringify(result)));
    }
    expect(runs).toHaveLength(20);
    expect(new Set(runs).size).toBe(1);
    expect(JSON.parse(runs[0] ?? '')).toMatchObject({ failure: null, exchanges: { length: 4 } });
  });

  it('jumps over waits', async () => {
    const result = await run(`
      const started = [Date.now(), performance.now()];
      await new Promise((resolve) => setTimeout(resolve, 3_600_000));
      console.log(Date.now() - started[0], performance.now() - started[1], started[0]);`);
    expect(printed(result)).toEqual([`3600000 3600000 ${RUN_EPOCH}`]);
    expect(result.simulatedMs).toBe(3_600_000);
  });

  it('fires timers in the order in which they are due', async () => {
    const result = await run(`
      setTimeout(() => console.log('b'), 20);
      setTimeout(console.log, 10, 'a');
      const beat = setInterval(() => { console.log('beat'); if (performance.now() >= 24) clearInterval(beat); }, 12);
      clearTimeout(setTimeout(() => console.log('never'), 5));`);
    expect(printed(result)).toEqual(['a', 'beat', 'b', 'beat']);
  });

  it('is not stretched by a timeout that was not needed', async () => {
    const result = await run(`await fetch('/orders/42', { signal: AbortSignal.timeout(60_000) });`);
    expect(result.simulatedMs).toBeLessThan(1000);
  });

  it('stops an interval that nobody clears, and says so', async () => {
    const result = await run(`setInterval(() => undefined, 60_000);`);
    expect(printed(result)[0]).toContain('after 24 hours of simulated time');
  });

  it('tells when a top-level await waits for nothing', async () => {
    expect(printed(await run(`await new Promise(() => undefined);`))[0]).toContain('still waits at a top-level await');
  });
});

describe('a deadline', () => {
  it('of 2 s ends a request that the gateway would answer after 60 s', async () => {
    const result = await run(
      `try { await fetch('/slow-to-answer', { signal: AbortSignal.timeout(2000) }); }
       catch (error) { console.log(error.name, error instanceof DOMException, performance.now(), error.stack.includes('client.js:1')); }`,
      'six-causes',
    );
    expect(printed(result)).toEqual(['TimeoutError true 2000 true']);
    expect(result.exchanges.map(({ client }) => client.error)).toEqual(['aborted']);
  });

  it('ends an answer that broke off and will never end, however late it is', async () => {
    const result = await runInNode({
      code: `const response = await fetch('/invoices/7', { signal: AbortSignal.timeout(60_000) });
        await response.text().catch((error) => console.log(response.status, error.name, performance.now()));`,
      fileName: 'client.js',
      ...scenarioWithRecordings('a-node-proxy-that-waits-for-ever', 'this test'),
    });
    expect(printed(result)).toEqual(['200 TimeoutError 60000']);
  });

  it('left out, the gateway answers 504 after its own 60 s', async () => {
    const result = await run(`console.log((await fetch('/slow-to-answer')).status);`, 'six-causes');
    expect(printed(result)).toEqual(['504']);
    expect(result.simulatedMs).toBeGreaterThan(60_000);
  });
});

describe('what went wrong', () => {
  it.each([
    ['a throw', `\nthrow new RangeError('boom');`, 'uncaught', 'RangeError', 'boom', 2],
    ['a throw in a timer', `function late() {\n  null.x;\n}\nsetTimeout(late, 5);`, 'uncaught', 'TypeError', /null/, 2],
    ['a rejection', `(async () => {\n  throw new Error('later');\n})();`, 'rejection', 'Error', 'later', 2],
    [
      'a failed request',
      `\n\nawait fetch('https://nowhere.example.com/');`,
      'uncaught',
      'TypeError',
      'Failed to fetch',
      3,
    ],
    ['a syntax error', `const a = 1;\nfetch(]`, 'syntax', 'SyntaxError', /Unexpected token/, 2],
  ])('%s is the failure of the run', async (_, code, how, name, message, line) => {
    const { failure } = await run(code);
    expect(failure).toMatchObject({ how, name, message: expect.stringMatching(message) as string, position: { line } });
  });

  it('shows the frames of the reader only', async () => {
    const { failure } = await run(
      `function place() { throw new Error('no'); }\nasync function main() { place(); }\nawait main();`,
    );
    expect(failure?.stack).toBe('at place (client.js:1:26)\nat main (client.js:2:25)\nat client.js:3:7');
  });

  it('after the first failure shows in the console', async () => {
    const result = await run(`setTimeout(() => { throw new Error('second'); }, 5);\nthrow new Error('first');`);
    expect(result.failure?.message).toBe('first');
    expect(printed(result)).toEqual(['Uncaught Error: second']);
  });

  it('says which routes there are, at the line that asked for another', async () => {
    const result = await run(`await fetch('/order/42').catch(() => undefined);`);
    expect(printed(result)).toEqual([
      'Nothing in this scenario answers https://api.example.com/order/42; the routes are GET https://api.example.com/orders/42.',
    ]);
    expect(result.console[0]).toMatchObject({ level: 'warn', position: { line: 1, column: 7 } });
  });

  it('a body that breaks off: status first, then the error', async () => {
    const result = await run(
      `const response = await fetch('/cut-body');
       console.log(response.status);
       await response.text().catch((error) => console.log(error.name, error.message));`,
      'six-causes',
    );
    expect(printed(result)).toEqual(['200', 'TypeError Failed to fetch']);
  });
});

it('the console stops at its limit and says so', async () => {
  const result = await run(`for (let i = 0; i < 1_000_000; i++) console.log(i);`);
  expect(result.console).toHaveLength(5002);
  expect(printed(result).at(-2)).toContain('at most 5000 entries');
  expect(printed(result).at(-1)).toBe('995000 more entries were left out.');
});

it('what browsers have and the playground refuses says so', async () => {
  const result =
    await run(`for (const use of [() => new WebSocket('wss://example.com'), () => new BroadcastChannel('x')])
    try { use(); } catch (error) { console.log(error.message); }`);
  expect(printed(result)).toEqual([
    'WebSocket is not available in this playground.',
    'BroadcastChannel is not available in this playground.',
  ]);
});

describe('a library', () => {
  it('ky retries a 502 twice, after 300 and 600 ms, as its readme says', async () => {
    const result = await run(`import ky from 'ky';
console.log(await ky.get('/orders/42').json(), new Request('/x') instanceof Request, new Request('a?b').url);`);
    expect(result.failure).toBeNull();
    expect(printed(result)[0]).toMatch(/ true https:\/\/api\.example\.com\/a\?b$/);
    expect(result.exchanges.map(({ client }) => client.status)).toEqual([502, 502, 200]);
    const [first, second, third] = result.exchanges;
    const pause = (a = first, b = second): number =>
      (b?.startedAt ?? 0) - (a?.startedAt ?? 0) - (a?.client.elapsedMs ?? 0);
    expect([pause(first, second), pause(second, third)].map(Math.round)).toEqual([300, 600]);
  });

  it('axios throws an AxiosError with the response', async () => {
    const result = await run(`import axios, { AxiosError, isAxiosError } from 'axios';
try { await axios.get('/orders/42', { headers: { 'X-Try': '1' } }); }
catch (error) {
  console.log(error.name, error.code, error.message);
  console.log(error instanceof AxiosError, isAxiosError(error), error.response.status, error.response.headers['content-type']);
}
console.log((await axios.get('/orders/42').catch((error) => error.response)).status);
console.log((await axios('/orders/42')).data.id);`);
    expect(result.failure).toBeNull();
    expect(printed(result)).toEqual([
      'AxiosError ERR_BAD_RESPONSE Request failed with status code 502',
      'true true 502 text/html',
      '502',
      '42',
    ]);
  });

  it('axios tells a timeout from a refusal', async () => {
    const result = await run(
      `import axios from 'axios';
for (const [path, timeout] of [['/slow-to-answer', 2000], ['/cut-body', 0]])
  await axios.get(path, { timeout }).catch((error) => console.log(error.code, error.message, performance.now()));`,
      'six-causes',
    );
    expect(printed(result)[0]).toBe('ECONNABORTED timeout of 2000ms exceeded 2000');
    expect(printed(result)[1]).toMatch(/^ERR_NETWORK Network Error/);
  });

  it('p-retry waits twice as long each time, and AbortError ends it', async () => {
    const result = await run(`import pRetry, { AbortError } from 'p-retry';
const status = await pRetry(async (attempt) => {
  const response = await fetch('/orders/42');
  if (!response.ok) throw new Error(String(response.status));
  return [attempt, response.status];
}, { retries: 3 });
console.log(...status, Math.round(performance.now() / 1000));
await pRetry(() => { throw new AbortError('enough'); }).catch((error) => console.log(error.message));`);
    expect(result.failure).toBeNull();
    expect(printed(result)).toEqual(['3 200 3', 'enough']);
  });

  it('comes by import() as well, and gives the same run every time', async () => {
    const code = `const name = 'k' + 'y';
const { default: ky } = await import(name);
console.log((await ky('https://api.example.com/orders/42', { retry: { limit: 2, jitter: true } })).status, performance.now());`;
    const runs = await Promise.all([run(code), run(code), run(code)]);
    expect(printed(runs[0])[0]).toMatch(/^200 /);
    expect(new Set(runs.map((result) => JSON.stringify(result))).size).toBe(1);
  });

  it('leaves lines and columns where the reader sees them', async () => {
    const { failure } = await run(`import ky from 'ky'; throw new Error('here');`);
    expect(failure).toMatchObject({ message: 'here', position: { line: 1, column: 28 } });
    expect((await run(`\nawait import('ky'); null.x;`)).failure).toMatchObject({ position: { line: 2, column: 26 } });
  });

  it.each([
    [`const a = 1;\nimport got from 'got';`, { line: 2, column: 17 }],
    [`const a = 1;\nexport { b } from './b.js';`, { line: 2, column: 19 }],
    [`\n  import 'https://esm.example.com/ky';`, { line: 2, column: 10 }],
  ])('that is not there is named with its place: %s', async (code, position) => {
    const { failure } = await run(code);
    expect(failure).toMatchObject({ how: 'syntax', name: 'ImportError', position });
    expect(failure?.message).toContain('It has ky, p-retry and axios');
  });

  it('without the name that is imported says so, at the import', async () => {
    const { failure } = await run(`const a = 1;\nimport { retry } from 'p-retry';`);
    expect(failure).toMatchObject({ name: 'SyntaxError', position: { line: 2, column: 24 } });
    expect(failure?.message).toMatch(/'p-retry' does not provide an export named 'retry'/);
  });

  it('that is not there fails an import() where it stands', async () => {
    const result = await run(`await import('lodash').catch((error) => console.log(error.name, error.message));`);
    expect(printed(result)[0]).toMatch(/^TypeError import "lodash" does not work in this playground/);
  });
});

it.each([
  ['a bracket too many', `import ky from 'ky';\nconst a = 1;\nawait ky([]]);`, 3, 12],
  ['a name declared twice, behind an export', `export const a = 1;\nconst a = 2;`, 2, 7],
  ['a string without an end', `const a = 1;\nconst text = 'abc`, 2, 14],
])('a program that does not parse says where: %s', async (_, code, line, column) => {
  const { failure } = await run(code);
  expect(failure).toMatchObject({ how: 'syntax', name: 'SyntaxError', position: { line, column } });
});

it('real cryptography takes no simulated time, and the clock waits for it', async () => {
  const result = await run(`
    setTimeout(() => console.log('timer', performance.now()), 1);
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode('secret'), 'PBKDF2', false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations: 50_000 }, key, 256);
    console.log(new Uint8Array(bits).toHex?.() ?? [...new Uint8Array(bits)].length, performance.now());`);
  expect(printed(result).map((line) => line.split(' ').at(-1))).toEqual(['0', '1']);
});

it('the program meets a browser that is online, and structured clones', async () => {
  const result = await run(`
    console.log(navigator.onLine, navigator.userAgent);
    const cyclic = { when: new Date(0), map: new Map([[1, new Set(['a'])]]) };
    cyclic.self = cyclic;
    const copy = structuredClone(cyclic);
    console.log(copy !== cyclic, copy.self === copy, copy.when instanceof Date, copy.map.get(1).has('a'));
    try { structuredClone(() => 1); } catch (error) { console.log(error.name); }`);
  expect(printed(result)).toEqual(['true Mozilla/5.0 (gateway-lab)', 'true true true true', 'DataCloneError']);
});
