/**
 * Records what the commands of the checklists print during an incident: `npm run record:practice [-- --list <id>] [--incident <id>]`.
 * Needs Linux, root, nginx, openssl and curl; everything happens in namespaces of its own. Writes
 * content/practice/<list>/<incident>.json. Exit code 1: something could not be recorded.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { practiceSchema, type Practice } from '../../../src/schema/practice.ts';
import { nginx } from '../gateways/nginx.ts';
import { checklistCommands, checklistIds } from './checklist-commands.ts';
import { INCIDENTS, type Incident } from './incidents.ts';
import { whyNoMachine } from './machine.ts';
import { practiceStep } from './practice-step.ts';
import { certificatesOfMachine, stageIncident, type Certificates } from './stage-incident.ts';

const FOLDER = fileURLToPath(new URL('../../../content/practice/', import.meta.url));

/** The longest loop of a list asks once a second for two minutes. */
const SECONDS = 130;

/** Lists whose commands are about any incident; a list of a cause takes the incidents of its cause. */
const GENERAL_LISTS = ['first-five-minutes'];

const isFor = (list: string, { cause, alsoIn = [], decidingIn = {} }: Incident): boolean =>
  list === cause || alsoIn.includes(list) || list in decidingIn || GENERAL_LISTS.includes(list);

/** Plays the incident and runs the list's commands on one machine, in their order. Throws when no step shows the cause. */
async function recordPractice(list: string, incident: Incident, certificates: Certificates): Promise<Practice> {
  const { id, title, story, cause } = incident;
  const machine = await stageIncident(incident, certificates);
  try {
    const steps: Practice['steps'] = {};
    for (const { item, command } of checklistCommands(list))
      steps[item] = await practiceStep(machine, command, SECONDS);
    const [first] =
      Object.entries(steps).find(([, { output }]) => output !== null && incident.deciding.test(output)) ?? [];
    const deciding = incident.decidingIn?.[list] ?? first;
    if (deciding === undefined)
      throw new Error(`No step of ${list} printed ${incident.deciding}: ${JSON.stringify(steps, null, 1)}`);
    const version = nginx.find()?.version ?? '';
    const recorded = new Date().toISOString().slice(0, 10);
    return practiceSchema.parse({
      list,
      incident: id,
      title,
      story,
      cause,
      gateway: 'nginx',
      version,
      recorded,
      deciding,
      steps,
    });
  } finally {
    await machine.close();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { list: { type: 'string' }, incident: { type: 'string' } } });
  const refusal = nginx.find() === null ? 'nginx is not installed.' : whyNoMachine();
  if (refusal !== null) {
    console.error(refusal);
    return 1;
  }
  const certificates = certificatesOfMachine();
  let failures = 0;
  for (const list of checklistIds().filter((id) => id === (values.list ?? id))) {
    for (const incident of INCIDENTS.filter(({ id }) => id === (values.incident ?? id))) {
      if (!isFor(list, incident)) continue;
      try {
        const practice = await recordPractice(list, incident, certificates);
        const file = path.join(FOLDER, list, `${incident.id}.json`);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, `${JSON.stringify(practice, null, 2)}\n`);
        console.log(`${list} × ${incident.id}: ${practice.deciding} decides`);
      } catch (error) {
        failures++;
        console.error(`${list} × ${incident.id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return failures === 0 ? 0 : 1;
}

// An interrupt ends through process.exit, so that what was started is stopped.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
