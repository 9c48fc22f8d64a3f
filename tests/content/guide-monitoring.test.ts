import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labExchange } from '../../src/build/lab-exchange.ts';
import { playgroundBlocks } from '../../src/build/playground-blocks.ts';
import { printedBy, runInScenario } from './run-in-scenario.ts';

/** What the guide on monitoring says about its programs and about the logs of the gateways is true. */

const FILE = 'content/guides/monitoring-and-logging.mdx';
const blocks = playgroundBlocks(readFileSync(FILE, 'utf8'), FILE);

async function lastLine(id: string): Promise<string | undefined> {
  const block = blocks.find((candidate) => candidate.id === id);
  const code = block?.files[0]?.code;
  if (!block || code === undefined) throw new Error(`${FILE} has no playground "${id}".`);
  return printedBy(await runInScenario(code, block.scenario)).at(-1);
}

test('the monitor that waits sees one slow answer, the one that asks by the clock sees four', async () => {
  expect(await lastLine('closed')).toBe('slower than a second: 1 of 12');
  expect(await lastLine('open')).toBe('slower than a second: 4 of 12');
});

test('a repeated try stands in the log of nginx under a status of 200', () => {
  const { client, log } = labExchange({ gateway: 'nginx', fault: 'retry-refused' });
  expect(client.status).toBe(200);
  expect(log.access[0]).toContain('us="502, 200"');
});

test('half a body is complete to nginx, SD to HAProxy and UPE to Envoy', () => {
  const line = (gateway: string): string | undefined =>
    labExchange({ gateway, fault: 'close-mid-body-cl' }).log.access[0];
  expect(line('nginx')).toMatch(/" 200 .* rc=OK$/);
  expect(line('haproxy')).toContain(' SD-- ');
  expect(line('envoy')).toContain(' 200 UPE ');
});
