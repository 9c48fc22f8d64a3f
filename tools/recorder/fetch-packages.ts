import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PATIENCE_MS = 5 * 60_000;

export interface WantedPackages {
  /** E.g. `Python requests`. */
  readonly what: string;
  /** What follows where they cannot be had, as the end of a sentence. */
  readonly without: string;
  /** The file that lists them, a hash each. */
  readonly requirements: URL;
  readonly folder: string;
}

/** Fetches packages of Python with pip, unless they are there, each checked against its hash; says in a sentence how that went. */
export function fetchPackages({ what, without, requirements, folder }: WantedPackages): string {
  const file = fileURLToPath(requirements);
  /** Hash of the requirements that are in the folder. */
  const done = path.join(folder, 'fetched.txt');
  const wanted = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  if (fs.existsSync(done) && fs.readFileSync(done, 'utf8').trim() === wanted) return `${what}: there.`;
  const works = (python: string): boolean =>
    spawnSync(python, ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0;
  const python = ['python3', 'python'].find(works);
  if (python === undefined)
    return `There is no Python with pip here, ${without}: apt-get install python3-pip, then npm run setup:tests.`;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const options = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--disable-pip-version-check', '--quiet'];
  const { status, stderr, error } = spawnSync(
    python,
    ['-m', 'pip', 'install', ...options, '--target', folder, '--requirement', file],
    { encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (status !== 0) {
    const words = (error?.message ?? stderr.trim().split('\n').at(-1)) || 'nothing';
    return `pip could not fetch ${what}, ${without}. It said: ${words}`;
  }
  fs.writeFileSync(done, `${wanted}\n`);
  return `${what}: fetched.`;
}
