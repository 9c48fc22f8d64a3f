import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fetchWheels } from '../../src/build/python/wheels.ts';
import type { PythonInNode } from '../../src/sandbox/python/run-python-in-node.ts';
import { pythonInNode } from '../../src/build/python-in-node.ts';

/** The two Pythons that the differential test compares: the system's own, and the one of the page. */

/** Why there is nothing to compare, or both. */
export type Pythons =
  | { readonly missing: string }
  | {
      /** What the page runs, under Node. */
      readonly simulated: PythonInNode;
      /** Runs a program with the system's CPython and the same packages; gives what it printed. Rejects when it cannot start. */
      readonly real: (file: string) => Promise<string>;
      readonly version: string;
    };

/** Older ones lack syntax that the packages use. */
const PROGRAMS = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];

export async function findPythons(): Promise<Pythons> {
  const root = process.cwd();
  const program = PROGRAMS.find((name) => spawnSync(name, ['--version']).status === 0);
  if (!program) return { missing: 'There is no python3 here to compare with.' };
  const [simulated, wheels] = await Promise.all([pythonInNode(process.cwd()), fetchWheels(root)]);
  if (simulated === null || typeof wheels === 'string') {
    return { missing: typeof wheels === 'string' ? wheels : 'The packages for Python could not be had.' };
  }
  const site = path.join(
    root,
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
    simulated,
    real: (file) => runReal(program, site, file),
    version: spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim(),
  };
}

function runReal(program: string, site: string, file: string): Promise<string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/_proxy$/i.test(name) && !name.startsWith('PYTHON'),
  );
  const env = { ...Object.fromEntries(inherited), PYTHONPATH: site, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-s', file], { env });
    let printed = '';
    child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
    child.stderr.on('data', (data: Buffer) => (printed += data.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(printed));
  });
}
