import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answersFor } from '../../src/build/scenario-recordings.ts';
import { scenarioSchema, type ScenarioText } from '../../src/schema/scenario.ts';
import type { RunResult } from '../../src/sandbox/protocol.ts';
import { APPLICATION, APPLICATION_SNIPPETS } from './application.ts';
import { CELLS, DIFFERENCES } from './cells.ts';
import { compare, faultsOf, parts, type Side } from './comparison.ts';
import { findPythons } from './pythons.ts';
import { startSilentServer } from './silent-server.ts';
import { RAW_CASES, rawMeeting } from './raw-wires.ts';
import { RAW_SNIPPETS } from './raw-snippets.ts';
import { partName, programOf, SNIPPETS } from './snippets.ts';
import { startTlsServer, type TlsTrouble } from './tls-servers.ts';
import { TROUBLE_SNIPPETS } from './trouble-snippets.ts';

/**
 * The same programs, run by the system's CPython against a real server on loopback and by the page's Python on the
 * simulated network. The server sends the bytes that the simulated gateway sends, at the same times; what the programs
 * print has to be the same.
 */

const pythons = await findPythons();
if ('missing' in pythons) console.log(`Python is not compared: ${pythons.missing}`);

/** One side waits in real time, beside all that the machine does: where it starved, both are asked again. */
const REAL_TIME = { timeout: 120_000, retry: 2 } as const;

const TLS_TROUBLES: readonly TlsTrouble[] = ['tls-expired', 'tls-wrong-host', 'tls-self-signed', 'tls-handshake'];

/** Where the system's Python meets the same without a server. */
const NOBODY = { dns: 'https://no-such-host.invalid', refused: 'https://127.0.0.1:9' } as const;

const EMPTY: Omit<ScenarioText, 'client' | 'origin'> = {
  format: 1,
  title: 'A client in trouble',
  summary: 'Nothing that the client tries leads to the gateway.',
  gateway: { id: 'nginx' },
  routes: [{ match: '* /*' }],
};

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

  it.concurrent('an application, with all that programs do besides', REAL_TIME, async () => {
    const meeting = { gateway: 'nginx', routes: APPLICATION, paths: { application: '' } } as const;
    const { elsewhere, inPage } = await compare(meeting, APPLICATION_SNIPPETS, system, run);
    for (const { name } of APPLICATION_SNIPPETS) {
      const part = partName('application', name);
      expect(elsewhere.get(part), `${part}, ${system.version}`).toBeTruthy();
      expect(inPage.get(part), part).toBe(elsewhere.get(part));
    }
  });

  it.concurrent.each([...TLS_TROUBLES, 'dns', 'refused', 'connect-timeout'] as const)(
    'a client that meets %s',
    REAL_TIME,
    async (trouble) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'gateway-lab-tls-'));
      const server =
        trouble === 'dns' || trouble === 'refused'
          ? { origin: NOBODY[trouble], environment: {}, close: () => Promise.resolve() }
          : trouble === 'connect-timeout'
            ? await startSilentServer()
            : await startTlsServer(trouble, folder);
      try {
        if (!server)
          return console.log(`${trouble} is not compared: that takes openssl for TLS, and Linux for a full queue.`);
        const code = programOf([{ name: trouble, url: `${server.origin}/orders/42` }], TROUBLE_SNIPPETS);
        const file = path.join(folder, 'client.py');
        writeFileSync(file, code);
        const scenario = scenarioSchema.parse({ ...EMPTY, origin: server.origin, client: { trouble } });
        const [there, here] = await Promise.all([
          system.run(file, server.environment),
          simulated.run({ code, fileName: 'client.py', scenario, recordings: answersFor('nginx', null) }),
        ]);
        const [elsewhere, inPage] = [parts(there), parts(printed(here))];
        expect(elsewhere.size, system.version).toBe(TROUBLE_SNIPPETS.length);
        expect(Object.fromEntries(inPage)).toEqual(Object.fromEntries(elsewhere));
      } finally {
        await server?.close();
        rmSync(folder, { recursive: true });
      }
    },
  );

  it.concurrent.each(Object.keys(RAW_CASES))('a server that plays %s', REAL_TIME, async (name) => {
    const { elsewhere, inPage } = await compare(rawMeeting([name]), RAW_SNIPPETS, system, run);
    expect(elsewhere.size, system.version).toBe(RAW_SNIPPETS.length);
    expect(Object.fromEntries(inPage)).toEqual(Object.fromEntries(elsewhere));
  });

  it.concurrent.each(CELLS)('$gateway, $fault', REAL_TIME, async ({ gateway, fault }) => {
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
