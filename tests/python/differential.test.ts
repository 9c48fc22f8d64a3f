import { afterAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/sandbox/protocol.ts';
import { APPLICATION, APPLICATION_SNIPPETS } from './application.ts';
import { CELLS, DIFFERENCES } from './cells.ts';
import { compare, faultsOf, type Side } from './comparison.ts';
import { findPythons } from './pythons.ts';
import { partName, SNIPPETS } from './snippets.ts';

/**
 * The same programs, run by the system's CPython against a real server on loopback and by the page's Python on the
 * simulated network. The server sends the bytes that the simulated gateway sends, at the same times; what the programs
 * print has to be the same.
 */

const pythons = await findPythons();
if ('missing' in pythons) console.log(`Python is not compared: ${pythons.missing}`);

const printed = ({ console: entries, failure }: RunResult): string =>
  [
    ...entries
      .filter(({ level }) => level !== 'warn')
      .map(({ values }) => values.map((value) => ('text' in value ? value.text : '')).join(' ')),
    ...(failure ? [failure.stack] : []),
  ].join('\n');

describe.skipIf('missing' in pythons)('Python in the page prints what Python prints elsewhere', () => {
  if ('missing' in pythons) return;
  const { simulated, system } = pythons;
  afterAll(() => simulated.close());

  const run = async ({ code, scenario, recordings }: Side): Promise<string> =>
    printed(await simulated.run({ code, fileName: 'client.py', scenario, recordings }));

  it.concurrent('an application, with all that programs do besides', { timeout: 120_000 }, async () => {
    const meeting = { gateway: 'nginx', routes: APPLICATION, paths: { application: '' } } as const;
    const { elsewhere, inPage } = await compare(meeting, APPLICATION_SNIPPETS, system, run);
    for (const { name } of APPLICATION_SNIPPETS) {
      const part = partName('application', name);
      expect(elsewhere.get(part), `${part}, ${system.version}`).toBeTruthy();
      expect(inPage.get(part), part).toBe(elsewhere.get(part));
    }
  });

  it.concurrent.each(CELLS)('$gateway, $fault', { timeout: 120_000 }, async ({ gateway, fault }) => {
    const { elsewhere, inPage } = await compare(faultsOf(gateway, [fault]), SNIPPETS, system, run);
    const names = SNIPPETS.map(({ name }) => partName(fault, name));
    expect([...elsewhere.keys()], system.version).toEqual(names);
    for (const name of names) {
      const [here, there] = [inPage.get(name), elsewhere.get(name)];
      if (DIFFERENCES[`${gateway}, ${name}`]) expect(here, name).not.toBe(there);
      else expect(here, name).toBe(there);
    }
  });

  it('lists few differences', () => {
    expect(Object.keys(DIFFERENCES).length).toBeLessThanOrEqual(0.03 * CELLS.length * SNIPPETS.length);
    expect(CELLS.length * SNIPPETS.length).toBeGreaterThanOrEqual(60);
  });
});
