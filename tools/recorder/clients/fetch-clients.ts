/**
 * Fetches Python requests into `.cache/clients/`, each wheel checked against its hash in requirements.txt. Part of the
 * set-up of the tests; without pip, or without a network, it says so in one sentence and everything else goes on.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PYTHON_PACKAGES } from './programs.ts';

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
/** Hash of the requirements that are in the folder. */
const DONE = `${PYTHON_PACKAGES}/fetched.txt`;
const PATIENCE_MS = 5 * 60_000;

function fetchClients(): string {
  const wanted = createHash('sha256').update(fs.readFileSync(REQUIREMENTS)).digest('hex');
  if (fs.existsSync(DONE) && fs.readFileSync(DONE, 'utf8').trim() === wanted) return 'Python requests: there.';
  const works = (python: string): boolean =>
    spawnSync(python, ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0;
  const python = ['python3', 'python'].find(works);
  const without = 'so what Python requests says is not compared';
  if (python === undefined)
    return `There is no Python with pip here, ${without}: apt-get install python3-pip, then npm run setup:tests.`;
  fs.rmSync(PYTHON_PACKAGES, { recursive: true, force: true });
  fs.mkdirSync(PYTHON_PACKAGES, { recursive: true });
  const options = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--disable-pip-version-check', '--quiet'];
  const { status, stderr, error } = spawnSync(
    python,
    ['-m', 'pip', 'install', ...options, '--target', PYTHON_PACKAGES, '--requirement', REQUIREMENTS],
    { encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (status !== 0) {
    const words = (error?.message ?? stderr.trim().split('\n').at(-1)) || 'nothing';
    return `pip could not fetch requests, ${without}. It said: ${words}`;
  }
  fs.writeFileSync(DONE, `${wanted}\n`);
  return 'Python requests: fetched.';
}

console.log(fetchClients());
