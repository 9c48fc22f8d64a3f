import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labExchange } from '../../src/build/lab-exchange.ts';
import { playgroundBlocks } from '../../src/build/playground-blocks.ts';
import type { RunResult } from '../../src/sandbox/protocol.ts';
import { printedBy, runInScenario } from './run-in-scenario.ts';

/** What the guide on API management says about its programs and about the documented gateways is true. */

const FILE = 'content/guides/what-api-management-adds.mdx';
const blocks = playgroundBlocks(readFileSync(FILE, 'utf8'), FILE);

function run(id: string): Promise<RunResult> {
  const block = blocks.find((candidate) => candidate.id === id);
  const code = block?.files[0]?.code;
  if (!block || code === undefined) throw new Error(`${FILE} has no playground "${id}".`);
  return runInScenario(code, block.scenario);
}

test('the application wrote the first of four answers, and Kong the others', async () => {
  const authors = printedBy(await run('author')).map((line) => line.replace(/^.*, /, ''));
  expect(authors).toEqual(['the application wrote it', ...Array.from({ length: 3 }, () => 'Kong wrote it')]);
});

test('Kong knocks six times, with one line in its access log, and makes twelve seconds of two', async () => {
  const { exchanges } = await run('author');
  const [, stock, , search] = exchanges;
  expect(stock?.upstream).toHaveLength(6);
  expect(stock?.log.access).toHaveLength(1);
  expect(search?.upstream).toHaveLength(6);
  expect((search?.client.elapsedMs ?? 0) / 12_000).toBeCloseTo(1, 1);
});

test('one report is ordered and two are made', async () => {
  const { exchanges } = await run('report');
  expect(exchanges.map(({ ledger }) => ledger?.copy)).toEqual([1, 2]);
  expect(exchanges.map(({ client }) => Math.round(client.elapsedMs / 1000))).toEqual([29, 29]);
});

test('the same refused connection is 502 in HTML, 502 in JSON, and 504', () => {
  const answers = ['nginx', 'kong', 'aws-api-gateway'].map(
    (gateway) => labExchange({ gateway, fault: 'connect-refused' }).client,
  );
  expect(answers.map(({ status }) => status)).toEqual([502, 502, 504]);
  expect(answers.map(({ body }) => body.trimStart().charAt(0)).slice(0, 2)).toEqual(['<', '{']);
});
