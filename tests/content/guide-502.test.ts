import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { playgroundBlocks } from '../../src/build/playground-blocks.ts';
import { answersOf, printedBy, runInScenario } from './run-in-scenario.ts';

/** What the guide on the 502 says about its programs, and about the edits it invites to, is true. */

const FILE = 'content/guides/502-bad-gateway-in-api-calls.mdx';
const blocks = playgroundBlocks(readFileSync(FILE, 'utf8'), FILE);

/** The program of a playground, edited as a reader would. */
function program(id: string, edit?: { find: string; put: string }): { code: string; scenario: string } {
  const block = blocks.find((candidate) => candidate.id === id);
  const code = block?.files[0]?.code;
  if (!block || code === undefined) throw new Error(`${FILE} has no playground "${id}".`);
  if (edit && !code.includes(edit.find)) throw new Error(`The program "${id}" has no "${edit.find}" to edit.`);
  return { code: edit ? code.replace(edit.find, edit.put) : code, scenario: block.scenario };
}

const run = ({ code, scenario }: { code: string; scenario: string }) => runInScenario(code, scenario);

test('with two tries the first loop gives up one call too early', async () => {
  expect(answersOf(await run(program('first-502', { find: 'attempt <= 4', put: 'attempt <= 2' })))).toBe('502 502');
});

test('the client cannot tell the six causes apart, the log can', async () => {
  const result = await run(program('six-causes'));
  expect(printedBy(result).at(-1)).toBe('different bodies: 1');
  const elapsed = result.exchanges.map(({ client }) => client.elapsedMs);
  expect(Math.max(...elapsed) - Math.min(...elapsed), 'ms between the quickest and the slowest').toBeLessThan(10);

  const phrases = [
    'Connection refused',
    'could not be resolved',
    'prematurely closed',
    'Connection reset by peer',
    'too big header',
    'no live upstreams',
  ];
  const lines = result.exchanges.map(({ log }) => log.error.join('\n'));
  expect(lines.map((line) => phrases.filter((phrase) => line.includes(phrase)))).toEqual(
    phrases.map((phrase) => [phrase]),
  );
});

test('the look-alikes are what the table says', async () => {
  const result = await run(program('six-causes', { find: 'of causes', put: 'of lookAlikes' }));
  expect(answersOf(result)).toBe('504 504 502 503 200');
  const [slowToConnect, slowToAnswer, app502, app503, cutBody] = result.exchanges;
  expect(slowToConnect?.client.elapsedMs).toBeGreaterThanOrEqual(5_000);
  expect(slowToAnswer?.client.elapsedMs).toBeGreaterThanOrEqual(60_000);
  expect(app502?.answeredBy).toBe('upstream');
  expect(app502?.log.error, 'nginx writes no error line when the application says 502').toEqual([]);
  expect(app503?.client.headers.map(([name]) => name.toLowerCase())).toContain('retry-after');
  expect(cutBody?.client.truncated).toBe(true);
  expect(printedBy(result)).toContainEqual(expect.stringMatching(/^cut-body: TypeError/));
});

test('the surviving client ends its four calls in the four ways that the guide describes', async () => {
  const printed = printedBy(await run(program('client-that-survives')));
  expect(printed).toContainEqual(expect.stringMatching(/^GET \/reports\/7, try 1: TimeoutError/));
  expect(printed).toContainEqual(expect.stringMatching(/^200 .*"report":7/));
  expect(printed).toContainEqual(expect.stringMatching(/^GET \/invoices\/9, try 1: TypeError/));
  expect(printed).toContainEqual(expect.stringMatching(/^200 .*"invoice":9/));
  expect(printed).toContain('GET /stock failed: a wait of 120 s ends after the deadline');
  expect(printed).toContain('POST /payments failed: not repeated, it may have happened');
});

test('nginx notes the call that was cut off as 499', async () => {
  const [report] = (await run(program('client-that-survives'))).exchanges;
  expect(report?.log.access.join('\n')).toContain(' 499 ');
});

test('with a deadline of 180 s it waits the 120 s and gets the stock', async () => {
  const result = await run(program('client-that-survives', { find: 'deadline = 10_000', put: 'deadline = 180_000' }));
  expect(printedBy(result)).toContainEqual(expect.stringMatching(/^200 .*"sku":"mug-red"/));
  expect(result.simulatedMs).toBeGreaterThan(120_000);
});

test('with POST among the idempotent methods the payment is sent three times', async () => {
  const result = await run(program('client-that-survives', { find: "'DELETE']", put: "'DELETE', 'POST']" }));
  expect(result.exchanges.filter(({ request }) => request.method === 'POST')).toHaveLength(3);
});

test('the browser hides two 502s from the program, and the header of the third answer', async () => {
  const result = await run(program('cors-hides-the-502'));
  expect(printedBy(result).filter((line) => line.startsWith('attempt'))).toEqual([
    'attempt 1: TypeError: Failed to fetch',
    'attempt 2: TypeError: Failed to fetch',
    'attempt 3: 200, Retry-After: null',
  ]);
  const hidden = result.exchanges.map(({ client, program: told }) => [client.status, told !== undefined]);
  expect(hidden).toEqual([
    [502, true],
    [502, true],
    [200, false],
  ]);
  const [first, , last] = result.exchanges;
  expect(first?.client.body, 'the page of nginx arrived').toContain('502 Bad Gateway');
  expect(first?.program?.why).toContain("No 'Access-Control-Allow-Origin' header is present");
  expect(last?.client.headers.map(([name]) => name)).toContain('Retry-After');
});
