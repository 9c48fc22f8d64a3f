import { pythonWithServers } from './python-servers.ts';
import { runProgram } from './validator.ts';

/** Programs that can be asked which options they have, by the words that start their commands. */
export interface ProgramWithOptions {
  readonly command: readonly string[];
  /** The command that prints its help; null where the program is not there. */
  readonly help: () => { command: string; args: readonly string[]; env?: NodeJS.ProcessEnv } | null;
  /** Long options have one dash. */
  readonly oneDash?: boolean;
}

const python = (module: string) => () => {
  const found = pythonWithServers();
  return found && { command: found.command, args: ['-m', module, '--help'], env: found.env };
};

export const programsWithOptions: readonly ProgramWithOptions[] = [
  { command: ['curl'], help: () => ({ command: 'curl', args: ['--help', 'all'] }) },
  { command: ['gunicorn'], help: python('gunicorn') },
  { command: ['uvicorn'], help: python('uvicorn') },
  {
    command: ['openssl', 's_client'],
    help: () => ({ command: 'openssl', args: ['s_client', '-help'] }),
    oneDash: true,
  },
];

interface Read {
  readonly unknown: readonly string[];
  /** The next word is the value of this one. */
  readonly takesNext: boolean;
  /** Options of this word that have a value, with it. */
  readonly values: readonly (readonly [option: string, value: string])[];
}

export interface KnownOptions {
  /** Reads one word of a command, with the one after it. */
  readonly read: (word: string, next: string | undefined) => Read;
}

const NOTHING: Read = { unknown: [], takesNext: false, values: [] };
const asked = new Map<ProgramWithOptions, Promise<KnownOptions | null>>();

/** The options of a program, in its own words; null when it is not installed. */
export function knownOptions(program: ProgramWithOptions): Promise<KnownOptions | null> {
  const known = asked.get(program) ?? ask(program);
  asked.set(program, known);
  return known;
}

async function ask(program: ProgramWithOptions): Promise<KnownOptions | null> {
  const help = program.help();
  if (!help) return null;
  try {
    const { stdout, stderr } = await runProgram(help.command, help.args, { env: help.env ?? process.env });
    return optionsIn(stdout + stderr, program.oneDash === true);
  } catch {
    return null;
  }
}

/** Reads `-a, --append <file>`, `-b ADDRESS, --bind ADDRESS`, `--host TEXT` and `-connect val`; true: takes a value. */
function optionsIn(help: string, oneDash: boolean): KnownOptions {
  const takesValue = new Map<string, boolean>();
  for (const line of help.split('\n')) {
    if (!/^\s*-/.test(line)) continue;
    const names = line.trim().split(/\s{2,}/)[0] ?? '';
    const value = /(?:^|,?\s)-{1,2}[\w.-]+[ =](?=[<[\w(])/.test(names);
    for (const [, name = ''] of names.matchAll(/(?:^|[\s,/])(-{1,2}[\w.#:-]+)/g)) takesValue.set(name, value);
  }
  const withValue = (option: string, next: string | undefined): Read =>
    takesValue.get(option) ? { unknown: [], takesNext: true, values: [[option, next ?? '']] } : NOTHING;

  const readLong = (word: string, next: string | undefined): Read => {
    const [name = '', value] = word.split(/=(.*)/s);
    const positive = name.replace(/^--no-/, '--');
    if (!takesValue.has(name) && !takesValue.has(positive)) return { ...NOTHING, unknown: [name] };
    return value === undefined ? withValue(name, next) : { ...NOTHING, values: [[name, value]] };
  };
  /** `-sSo file`: letters, the first one that takes a value has the rest. */
  const readLetters = (word: string, next: string | undefined): Read => {
    const letters = Array.from(word.slice(1));
    for (const [index, letter] of letters.entries()) {
      const option = `-${letter}`;
      if (!takesValue.has(option)) return { ...NOTHING, unknown: [option] };
      const rest = letters.slice(index + 1).join('');
      if (takesValue.get(option))
        return rest === '' ? withValue(option, next) : { ...NOTHING, values: [[option, rest]] };
    }
    return NOTHING;
  };
  return {
    read: (word, next) => {
      if (!/^-./.test(word) || word === '--' || word.startsWith('-$')) return NOTHING;
      return word.startsWith('--') || oneDash ? readLong(word, next) : readLetters(word, next);
    },
  };
}
