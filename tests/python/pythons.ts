import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fetchWheels } from '../../src/build/python/wheels.ts';
import type { PythonInNode } from '../../src/sandbox/python/run-python-in-node.ts';
import { pythonInNode } from '../../src/build/python-in-node.ts';

/** The two Pythons that the differential test compares: the system's own, and the one of the page. */

/** The system's CPython, with the packages of the page. */
export interface SystemPython {
  /** Runs a program; gives what it printed. Rejects when it cannot start. */
  readonly run: (file: string, environment?: Readonly<Record<string, string>>) => Promise<string>;
  readonly version: string;
}

/** Why there is nothing to compare, or both. */
export type Pythons =
  | { readonly missing: string }
  | {
      /** What the page runs, under Node. */
      readonly simulated: PythonInNode;
      readonly system: SystemPython;
    };

/** Older ones lack syntax that the packages use. */
const PROGRAMS = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];

export async function findPythons(): Promise<Pythons> {
  const [simulated, system] = await Promise.all([pythonInNode(process.cwd()), findSystemPython()]);
  if ('missing' in system) {
    await simulated?.close();
    return system;
  }
  return simulated ? { simulated, system } : { missing: 'The packages for Python could not be had.' };
}

/** The system's CPython; or a sentence on why there is none. */
export async function findSystemPython(): Promise<SystemPython | { readonly missing: string }> {
  const program = PROGRAMS.find((name) => spawnSync(name, ['--version']).status === 0);
  if (!program) return { missing: 'There is no python3 here to compare with.' };
  const wheels = await fetchWheels(process.cwd());
  if (typeof wheels === 'string') return { missing: wheels };
  const site = path.join(
    process.cwd(),
    '.cache/python/system-packages',
    wheels
      .map((wheel) => path.basename(wheel, '.whl'))
      .join('-')
      .slice(0, 200),
  );
  if (!existsSync(site)) {
    const unfinished = `${site}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    for (const wheel of wheels) {
      const { status, stderr } = spawnSync(program, ['-m', 'zipfile', '-e', wheel, unfinished]);
      if (status !== 0) throw new Error(`${wheel} could not be unpacked: ${stderr.toString()}`);
    }
    spawnSync('mv', [unfinished, site]);
    rmSync(unfinished, { recursive: true, force: true });
  }
  return {
    run: (file, environment = {}) => runProgram(program, site, file, environment),
    version: spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim(),
  };
}

function runProgram(
  program: string,
  site: string,
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/_proxy$/i.test(name) && !name.startsWith('PYTHON'),
  );
  const env = {
    ...Object.fromEntries(inherited),
    PYTHONPATH: site,
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    ...environment,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-s', file], { env });
    let printed = '';
    child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
    child.stderr.on('data', (data: Buffer) => (printed += data.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(printed));
  });
}
