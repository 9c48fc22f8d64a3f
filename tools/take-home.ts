/**
 * `npm run --silent take-home -- --scenario first-two-attempts-fail --gateway nginx --out ./folder` writes a folder with
 * the real gateway's configuration and an upstream that misbehaves; `--export msw|wiremock|toxiproxy|envoy` prints the
 * scenario for another tool, or writes it to the file that --out names.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { loadScenario, recordingsFor, scenarioIds } from '../src/build/scenarios.ts';
import { EXPORT_IDS, exportScenario } from '../src/exports/index.ts';
import { isGatewayId, type GatewayId } from '../src/gateway/ids.ts';
import { nearestNames } from '../src/gateway/nearest.ts';
import type { Scenario } from '../src/schema/scenario.ts';
import { TAKE_HOME_GATEWAYS, type TakeHomeGateway } from '../src/take-home/gateway-kit.ts';
import { takeHome } from '../src/take-home/take-home.ts';

const USAGE =
  'Usage: npm run --silent take-home -- --scenario first-two-attempts-fail --gateway nginx --out ./folder\n' +
  `   or: npm run --silent take-home -- --scenario first-two-attempts-fail --export ${EXPORT_IDS.join('|')} [--gateway nginx] [--out FILE]`;

/** A mistake of the caller's, as a sentence. */
class Mistake extends Error {}

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

const nearest = (what: string, name: string, known: readonly string[]): string =>
  `There is no ${what} "${name}"; the nearest are ${nearestNames(name, known).join(', ')}.`;

function gatewayOf(
  scenario: Scenario,
  wanted: string | undefined,
): { readonly id: GatewayId; readonly version: string | null } {
  const [id = '', version = null] = (wanted ?? scenario.gateway.id).split('@');
  if (isGatewayId(id)) return { id, version };
  throw new Mistake(nearest('gateway', id, TAKE_HOME_GATEWAYS));
}

function writeFolder(scenario: Scenario, gateway: string | undefined, out: string | undefined): void {
  const { id, version } = gatewayOf(scenario, gateway);
  if (!isOneOf<TakeHomeGateway>(TAKE_HOME_GATEWAYS, id)) {
    throw new Mistake(`${id} cannot be taken home; ${TAKE_HOME_GATEWAYS.join(', ')} can. Choose one with --gateway.`);
  }
  if (out === undefined) throw new Mistake('Say where the folder is to be written: --out ./folder.');
  if (fs.existsSync(out) && !fs.statSync(out).isDirectory())
    throw new Mistake(`${out} is a file. Choose a folder that is new or empty.`);
  if (fs.existsSync(out) && fs.readdirSync(out).length > 0)
    throw new Mistake(`The folder ${out} is not empty. Choose one that is new or empty.`);
  const files = takeHome(scenario, id, recordingsFor(id, version));
  fs.mkdirSync(out, { recursive: true });
  for (const { name, text } of files) fs.writeFileSync(path.join(out, name), text);
  console.log(`Wrote ${files.map(({ name }) => name).join(', ')} to ${out}. Next: cd ${out}, then read README.md.`);
}

function writeExport(scenario: Scenario, kind: string, gateway: string | undefined, out: string | undefined): void {
  if (!isOneOf(EXPORT_IDS, kind))
    throw new Mistake(`There is no export "${kind}"; there are ${EXPORT_IDS.join(', ')}.`);
  const { id, version } = gatewayOf(scenario, gateway);
  const { text } = exportScenario(kind, scenario, recordingsFor(id, version));
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  if (fs.existsSync(out)) throw new Mistake(`${out} is there already. Choose another name, or remove it first.`);
  fs.writeFileSync(out, text);
  console.log(`Wrote ${out}.`);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string' },
      gateway: { type: 'string' },
      out: { type: 'string' },
      export: { type: 'string' },
    },
  });
  if (values.scenario === undefined) throw new Mistake(USAGE);
  if (!scenarioIds().includes(values.scenario)) throw new Mistake(nearest('scenario', values.scenario, scenarioIds()));
  const scenario = loadScenario(values.scenario);
  if (values.export === undefined) writeFolder(scenario, values.gateway, values.out);
  else writeExport(scenario, values.export, values.gateway, values.out);
}

try {
  main();
} catch (error) {
  // What cannot be done is told in a sentence; a stack trace is for mistakes of this program.
  const isMisspelled = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof Error) || (error instanceof TypeError && !isMisspelled)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
