import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { practicesFor } from '../../src/build/practice.ts';
import { nginx } from '../../tools/recorder/gateways/nginx.ts';
import { checklistCommands, checklistIds } from '../../tools/recorder/practice/checklist-commands.ts';
import { INCIDENTS, type Incident } from '../../tools/recorder/practice/incidents.ts';
import { ABSENT, REPLACED } from '../../tools/recorder/practice/shims.ts';
import { whyNoMachine, type PracticeMachine } from '../../tools/recorder/practice/machine.ts';
import {
  certificatesOfMachine,
  stageIncident,
  type Certificates,
} from '../../tools/recorder/practice/stage-incident.ts';

/** The commands of the checklists run on the practice machine, which behaves as it did when readers' outputs were recorded. */

const refusal = nginx.find() === null ? 'nginx is not installed.' : whyNoMachine();
if (refusal !== null) console.warn(`The commands of the checklists are not run: ${refusal}`);

const LIST = 'first-five-minutes';
const incidentOf = (cause: string): Incident => {
  const found = INCIDENTS.find((incident) => incident.cause === cause);
  if (!found) throw new Error(`No incident has the cause ${cause}.`);
  return found;
};

/** Gateways and tools that a machine may have or not. A command that asks for more has a slip of the pen, or its program belongs here. */
const NOT_EVERYWHERE =
  'apachectl caddy envoy h2load h2o jq lighttpd lsof nghttpx npm squid squidclient traefik varnishadm varnishlog varnishstat';
const ELSEWHERE = new Set([...ABSENT, ...REPLACED, ...NOT_EVERYWHERE.split(' ')]);

const COMPLAINTS =
  /(invalid|unrecognized|unknown|illegal|bad) (option|flag|switch|variable)|option \S+ ?is unknown|option requires an argument|unknown --write-out|mutually exclusive|syntax error|unexpected (EOF|end of file|token|newline)|unterminated|unmatched|awk: (cmd\. )?line |cannot execute|invalid (number|range|regular)|parse error|unknown predicate|invalid -/i;

/** Long enough for a program to complain; commands that wait for more than that have begun to work. */
const SECONDS = 2;

interface Finding {
  readonly place: string;
  readonly problem: string;
}

/** What is wrong with a command: it asks for a program that nobody has, or a program does not understand it. */
async function problemsOf(machine: PracticeMachine, command: string): Promise<string[]> {
  // What a command throws away is what we look for.
  const audible = command.replaceAll(/(?<!>\/dev\/null )2>\s*\/dev\/null/g, '');
  const { output, exit, asked } = await machine.run(audible, SECONDS);
  const viaOthers = [...output.matchAll(/(?:failed to run command ['‘]|^xargs: )(\S+?)['’:]/gm)].map(
    ([, program = '']) => program,
  );
  const missing = [...asked, ...viaOthers];
  const problems = missing.filter((program) => !ELSEWHERE.has(program)).map((program) => `no program ${program}`);
  const complaint = output.split('\n').find((line) => COMPLAINTS.test(line));
  if (complaint !== undefined) problems.push(complaint);
  if ([126, 127].includes(exit) && missing.length === 0) problems.push(`exit code ${exit}: ${output.slice(-300)}`);
  return problems;
}

/** The lines of an output with what changes from run to run masked, each once. */
const maskedLines = (output: string): string[] => [
  ...new Set(
    output
      .split('\n')
      .map((line) =>
        line
          .replaceAll(/\d{4}[/-]\d\d[/-]\d\d[ T][\d:.]+Z?/g, '<time>')
          .replaceAll(/\b\d+#\d+: \*\d+/g, '<process>')
          .replaceAll(/\d+\.\d{3,}/g, '<seconds>')
          .trim(),
      )
      .filter((line) => line !== ''),
  ),
];

describe.skipIf(refusal !== null)(`the commands of the checklists${refusal === null ? '' : `: ${refusal}`}`, () => {
  const machines = new Map<string, PracticeMachine>();
  let certificates: Certificates;
  const stage = async (incident: Incident): Promise<PracticeMachine> => {
    const machine = machines.get(incident.id) ?? (await stageIncident(incident, certificates, true));
    machines.set(incident.id, machine);
    return machine;
  };

  beforeAll(() => {
    certificates = certificatesOfMachine();
  });
  afterAll(async () => {
    for (const machine of machines.values()) await machine.close();
  });

  test.each(['upstream-refused', 'upstream-dns', 'socket-missing-or-denied'])(
    `${LIST} shows what was recorded: %s`,
    async (cause) => {
      const incident = incidentOf(cause);
      const recorded = practicesFor(LIST).find((practice) => practice.incident === incident.id);
      const step = recorded?.steps[recorded.deciding];
      const command = checklistCommands(LIST).find(({ item }) => item === recorded?.deciding)?.command ?? '';
      const { output } = await (await stage(incident)).run(command, 20);
      expect(output).toMatch(incident.deciding);
      expect(maskedLines(step?.output ?? '')).toEqual(expect.arrayContaining(maskedLines(output)));
    },
    60_000,
  );

  test('a slip of the pen is found', async () => {
    const machine = await stage(incidentOf('upstream-refused'));
    const slips = {
      'curl --max-tiem 5 https://api.example.com/': /--max-tiem.*is unknown/,
      'sudo ss --lstn 2>/dev/null | head': /unrecognized option '--lstn'/,
      'tail -n 5 /var/log/nginx/access.log | gerp 502': /no program gerp/,
      "awk '{ print $1 ' /var/log/nginx/access.log": /awk: /,
      'sudo timeout 5 tcpdmup -i any': /no program tcpdmup/,
    };
    for (const [command, says] of Object.entries(slips))
      expect((await problemsOf(machine, command)).join('\n'), command).toMatch(says);
    expect(await problemsOf(machine, 'sudo nginx -t && sudo tail -n 5 /var/log/nginx/error.log 2>/dev/null')).toEqual(
      [],
    );
  });

  test('every command of every checklist is understood by the programs that it names', async () => {
    const machine = await stage(incidentOf('upstream-refused'));
    const commands = checklistIds().flatMap((list) =>
      checklistCommands(list).map(({ item, command }) => ({ place: `${list}: ${item}`, command })),
    );
    const findings: Finding[] = [];
    const workThrough = async (): Promise<void> => {
      for (let next = commands.shift(); next; next = commands.shift())
        for (const problem of await problemsOf(machine, next.command)) findings.push({ place: next.place, problem });
    };
    await Promise.all([workThrough(), workThrough(), workThrough(), workThrough()]);
    expect(findings).toEqual([]);
  }, 300_000);
});
