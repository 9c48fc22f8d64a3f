import { MOST_OUTPUT, type PracticeStep } from '../../../src/schema/practice.ts';
import { TIMED_OUT } from './machine-plan.ts';
import type { PracticeMachine } from './machine.ts';

/** What the machine does where it cannot do what a program does, by the program's name. */
const STAND_INS: Readonly<Record<string, string>> = {
  journalctl: 'In place of the journal stands the whole log of the application.',
  sudoedit: 'In place of an editor, the machine corrected the line that is wrong in this incident.',
  dmesg:
    'Of the kernel’s log, only what the kernel killed on the practice machine is shown; it counts processes for the whole computer.',
};

/** A step with one of these says nothing without it, whatever else it prints. */
const DECIDES_ALONE = ['kubectl', 'docker', 'podman', 'crictl', 'ufw', 'nft', 'iptables'];

const NAMES: Readonly<Record<string, string>> = {
  systemctl: 'systemd',
  haproxy: 'HAProxy',
  socat: 'HAProxy',
  kubectl: 'Kubernetes',
  docker: 'Docker',
};

const absenceOf = (programs: readonly string[]): string =>
  `The practice machine has no ${[...new Set(programs.map((program) => NAMES[program] ?? program))].join(' and no ')}.`;

/**
 * Runs the command of one item on the machine, and says what came of it as the checklist shows it.
 * @param seconds how long it may take
 */
export async function practiceStep(machine: PracticeMachine, command: string, seconds: number): Promise<PracticeStep> {
  const { output, exit, asked } = await machine.run(command, seconds);
  const absent = asked.filter((program) => !(program in STAND_INS));
  const sentences = asked.flatMap((program) => STAND_INS[program] ?? []);
  const why = [...(absent.length > 0 ? [absenceOf(absent)] : []), ...sentences].join(' ');
  const saysNothing = absent.length === asked.length && absent.length > 0 && output.trim() === '';
  if (saysNothing || absent.some((program) => DECIDES_ALONE.includes(program)))
    return { output: null, by: 'none', why: absenceOf(absent) };
  if (exit === TIMED_OUT && output.trim() === '')
    return { output: null, by: 'none', why: 'It takes longer here than anyone would practice.' };
  return { output: shortened(output.replaceAll('\r\n', '\n')), exit, by: 'run', ...(why === '' ? {} : { why }) };
}

/** A line that is longer than this is cut; what is left of it is shorter still. */
const LONG_LINE = 1000;
const LEFT_OF_IT = 300;

/** The end of a long output, as a terminal shows it, from a whole line on. */
function shortened(output: string): string {
  const all = output
    .split('\n')
    .map((line) =>
      line.length <= LONG_LINE ? line : `${line.slice(0, LEFT_OF_IT)} [… ${line.length - LEFT_OF_IT} characters more]`,
    );
  const lines = [...all];
  const cut = (): string =>
    `${lines.length < all.length ? `[… ${all.length - lines.length} more above]\n` : ''}${lines.join('\n')}`;
  while (cut().length > MOST_OUTPUT) lines.shift();
  return cut();
}
