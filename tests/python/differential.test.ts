import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answersFor } from '../../src/build/scenario-recordings.ts';
import { openKit } from '../../src/gateway/open-kit.ts';
import { packKit } from '../../src/gateway/pack-kit.ts';
import { scenarioSchema, type Scenario } from '../../src/schema/scenario.ts';
import type { RunResult } from '../../src/sandbox/protocol.ts';
import { CELLS, DIFFERENCES, type Cell } from './cells.ts';
import { findPythons } from './pythons.ts';
import { startReplay } from './replay-server.ts';
import { programOf, SNIPPETS } from './snippets.ts';

/**
 * The same programs, run by the system's CPython against a real server on loopback and by the page's Python on the
 * simulated network. The server sends the bytes that the simulated gateway sends, at the same times; what the programs
 * print has to be the same.
 */

const pythons = await findPythons();
if ('missing' in pythons) console.log(`Python is not compared: ${pythons.missing}`);

const scenarioFor = ({ gateway, fault }: Cell, origin: string): Scenario =>
  scenarioSchema.parse({
    format: 1,
    title: `${gateway}, ${fault}`,
    summary: 'The same fault for every request.',
    gateway: { id: gateway, connectTimeout: '2s', readTimeout: '2s' },
    origin,
    routes: [{ match: '* /*', fault, response: { body: { id: 42 } } }],
  });

/** What no two runs have in common: addresses in memory, and the second in which an answer was written. */
const masked = (text: string): string =>
  text.replace(/\b0x[0-9a-f]+/g, '0x…').replace(/\d\d:\d\d:\d\d GMT/g, '…:…:… GMT');

/** What each program printed, by its name. */
const parts = (text: string): ReadonlyMap<string, string> =>
  new Map(
    masked(text)
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trim()]),
  );

const printed = ({ console: entries, failure }: RunResult): string =>
  [
    ...entries
      .filter(({ level }) => level !== 'warn')
      .map(({ values }) => values.map((value) => ('text' in value ? value.text : '')).join(' ')),
    ...(failure ? [failure.stack] : []),
  ].join('\n');

describe.skipIf('missing' in pythons)('Python in the page prints what Python prints elsewhere', () => {
  if ('missing' in pythons) return;
  const { simulated, real, version } = pythons;
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-lab-python-'));
  afterAll(async () => {
    await simulated.close();
    rmSync(folder, { recursive: true });
  });

  async function compare(cell: Cell): Promise<readonly [elsewhere: string, inPage: string]> {
    const recordings = answersFor(cell.gateway, null);
    const server = await startReplay((origin) => {
      const scenario = scenarioFor(cell, origin);
      return openKit(scenario, packKit(scenario, recordings));
    });
    const code = programOf(`${server.origin}/orders/42`, SNIPPETS);
    const file = path.join(folder, `${cell.gateway}-${cell.fault}.py`);
    writeFileSync(file, code);
    try {
      const scenario = scenarioFor(cell, server.origin);
      const inPage = simulated.run({ code, fileName: 'client.py', scenario, recordings });
      return [await real(file), printed(await inPage)];
    } finally {
      await server.close();
    }
  }

  it.concurrent.each(CELLS)('$gateway, $fault', { timeout: 120_000 }, async (cell) => {
    const [elsewhere, inPage] = (await compare(cell)).map(parts);
    expect([...(elsewhere?.keys() ?? [])], version).toEqual(SNIPPETS.map(({ name }) => name));
    for (const { name } of SNIPPETS) {
      const [here, there] = [inPage?.get(name), elsewhere?.get(name)];
      if (DIFFERENCES[`${cell.gateway} ${cell.fault} ${name}`]) expect(here, name).not.toBe(there);
      else expect(here, name).toBe(there);
    }
  });

  it('lists few differences', () => {
    expect(Object.keys(DIFFERENCES).length).toBeLessThanOrEqual(0.03 * CELLS.length * SNIPPETS.length);
    expect(CELLS.length * SNIPPETS.length).toBeGreaterThanOrEqual(60);
  });
});
