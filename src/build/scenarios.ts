import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { GatewayId } from '../gateway/ids.ts';
import { nearestVersion } from '../gateway/nearest-version.ts';
import type { RecordingSet } from '../gateway/recording.ts';
import { scenarioSchema, type Scenario } from '../schema/scenario.ts';
import { parseYamlFile } from './yaml-file.ts';

/** Scenarios and recordings, read from `content/` at build time. Mistakes come out as sentences with file and line. */

const SCENARIOS = path.resolve('content/scenarios');
const RECORDINGS = path.resolve('content/recordings');

/** Ids of all scenarios, sorted. */
export const scenarioIds = (): string[] =>
  readdirSync(SCENARIOS)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

/** The scenario `content/scenarios/<id>.yaml`. Throws a sentence that names the file, the line and the fix. */
export const loadScenario = (id: string): Scenario => scenarioFile(id).scenario;

/** A scenario with its text as its author wrote it. Throws as {@link loadScenario} does. */
export function scenarioFile(id: string): { readonly text: string; readonly scenario: Scenario } {
  const file = path.join(SCENARIOS, `${id}.yaml`);
  if (!existsSync(file))
    throw new Error(`There is no scenario "${id}". The scenarios are ${scenarioIds().join(', ')}.`);
  const text = readFileSync(file, 'utf8');
  return { text, scenario: parseScenario(text, `content/scenarios/${id}.yaml`) };
}

/** Parses a scenario's YAML. `file` is the name that messages use. */
export const parseScenario = (source: string, file: string): Scenario => parseYamlFile(source, file, scenarioSchema);

/**
 * The recordings of a gateway: of the version asked for, else the nearest recorded one; without a version the newest.
 * @param version a version or its beginning, e.g. `1.22`
 */
export function recordingsFor(gateway: GatewayId, version: string | null = null): RecordingSet {
  const folder = path.join(RECORDINGS, gateway);
  const versions = existsSync(folder) ? readdirSync(folder).map((file) => file.replace(/\.json$/, '')) : [];
  const chosen = nearestVersion(versions, version);
  if (chosen === null)
    throw new Error(`There are no recordings of ${gateway}. Record some: npm run record -- --gateway ${gateway}`);
  const file = path.join(folder, `${chosen}.json`);
  const { mtimeMs } = statSync(file);
  const known = read.get(file);
  if (known?.mtimeMs === mtimeMs) return known.set;
  const set = JSON.parse(readFileSync(file, 'utf8')) as RecordingSet;
  read.set(file, { mtimeMs, set });
  return set;
}

/** Recordings that were read before; a page about a gateway asks for them a hundred times. */
const read = new Map<string, { readonly mtimeMs: number; readonly set: RecordingSet }>();

/** Every recorded version of every gateway. */
export const recordedVersions = (): { gateway: string; version: string }[] =>
  readdirSync(RECORDINGS)
    .sort()
    .flatMap((gateway) =>
      readdirSync(path.join(RECORDINGS, gateway)).map((file) => ({ gateway, version: file.replace(/\.json$/, '') })),
    );
