import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answersFor } from '../../src/build/scenario-recordings.ts';
import type { AnswerSet } from '../../src/gateway/answer-set.ts';
import { openKit } from '../../src/gateway/open-kit.ts';
import { packKit } from '../../src/gateway/pack-kit.ts';
import { scenarioSchema, type Scenario, type ScenarioText } from '../../src/schema/scenario.ts';
import type { GatewayId } from '../../src/gateway/ids.ts';
import type { SystemPython } from './pythons.ts';
import { startReplay } from './replay-server.ts';
import { programOf, type Snippet, type Target } from './snippets.ts';

/** What each program printed, by its name. */
export type Printed = ReadonlyMap<string, string>;

/** A program for both sides, and what the page needs to run it. */
export interface Side {
  readonly code: string;
  readonly scenario: Scenario;
  /** The same as its author would write it. */
  readonly text: ScenarioText;
  readonly recordings: AnswerSet;
}

/** What programs ask, and what answers. */
export interface Meeting {
  readonly gateway: GatewayId;
  readonly routes: ScenarioText['routes'];
  /** Path of each URL that the programs are given, by the name of its part. */
  readonly paths: Readonly<Record<string, string>>;
  /** What the gateway answers to its faults; as recorded, when left out. */
  readonly recordings?: AnswerSet;
}

/** Faults of one gateway, each under a path of its own. */
export const faultsOf = (gateway: GatewayId, faults: readonly string[]): Meeting => ({
  gateway,
  routes: faults.map((fault) => ({ match: `* /${fault}/*`, fault, response: { body: { id: 42 } } })),
  paths: Object.fromEntries(faults.map((fault) => [fault, `/${fault}/orders/42`])),
});

/**
 * Both sides of a meeting. The page runs one program for all URLs, the system's Python one for each, at the
 * same time: there the waits are real.
 * @param inPage runs the program on the simulated network; gives what it printed
 */
export async function compare(
  { gateway, routes, paths, recordings = answersFor(gateway, null) }: Meeting,
  snippets: readonly Snippet[],
  system: SystemPython,
  inPage: (side: Side) => Promise<string>,
): Promise<{ readonly elsewhere: Printed; readonly inPage: Printed }> {
  const server = await startReplay((origin) => {
    const scenario = scenarioSchema.parse(scenarioFor(gateway, routes, origin));
    return openKit(scenario, packKit(scenario, recordings));
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-lab-python-'));
  try {
    const targets = Object.entries(paths).map(([name, at]): Target => ({ name, url: server.origin + at }));
    const text = scenarioFor(gateway, routes, server.origin);
    const real = targets.map((target) => {
      const file = path.join(folder, `${target.name}.py`);
      writeFileSync(file, programOf([target], snippets));
      return system.run(file);
    });
    const code = programOf(targets, snippets);
    const here = await inPage({ code, text, scenario: scenarioSchema.parse(text), recordings });
    return { elsewhere: parts((await Promise.all(real)).join('')), inPage: parts(here) };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

const scenarioFor = (gateway: GatewayId, routes: Meeting['routes'], origin: string): ScenarioText => ({
  format: 1,
  title: `Faults of ${gateway}`,
  summary: 'The same fault for every request of a route.',
  gateway: { id: gateway, connectTimeout: '2s', readTimeout: '2s' },
  origin,
  routes,
});

/**
 * What no two runs have in common: addresses in memory, the second of an answer, a line in CPython's source. And one text
 * that OpenSSL changed between the version of the page and older ones.
 */
const masked = (text: string): string =>
  text
    .replace(/\b0x[0-9a-f]+/g, '0x…')
    .replace(/\d\d:\d\d:\d\d GMT/g, '…:…:… GMT')
    .replace(/\b_ssl\.c:\d+/g, '_ssl.c:…')
    .replaceAll('sslv3 alert handshake failure', 'ssl/tls alert handshake failure');

/** What a program of parts printed, part by part. */
export const parts = (text: string): Printed =>
  new Map(
    masked(text)
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trim()]),
  );
