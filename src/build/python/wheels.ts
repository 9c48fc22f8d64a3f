import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const PATIENCE_MS = 5 * 60_000;

/** Where the requirements are, and where the wheels go, from the project's folder. */
export const REQUIREMENTS = 'src/build/python/requirements.txt';
const WHEELS = '.cache/python/wheels';

interface Requirement {
  readonly name: string;
  readonly version: string;
  readonly hashes: readonly string[];
}

function readRequirements(text: string): readonly Requirement[] {
  const lines = text.replaceAll(/#.*/g, '').replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line) => {
    const [, name, version] = /^([\w-]+)==([\w.]+)/.exec(line) ?? [];
    const hashes = [...line.matchAll(/--hash=sha256:(\w+)/g)].map(([, hash = '']) => hash);
    return name === undefined || version === undefined ? [] : [{ name, version, hashes }];
  });
}

/**
 * Paths of the wheels that the requirements name. Throws a sentence when one is not in the folder, or is not the very
 * file that its hash stands for.
 */
export function checkedWheels(requirements: string, folder: string): readonly string[] {
  const present = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return readRequirements(requirements).map(({ name, version, hashes }) => {
    const start = `${name.replaceAll('-', '_')}-${version}-`;
    const wheel = present.find((file) => file.startsWith(start) && file.endsWith('.whl'));
    if (wheel === undefined) throw new Error(`${name} ${version} is not in ${folder}.`);
    const place = path.join(folder, wheel);
    if (!hashes.includes(createHash('sha256').update(fs.readFileSync(place)).digest('hex')))
      throw new Error(`${place} is not the file that the requirements name: its SHA-256 is another. Delete it.`);
    return place;
  });
}

/** The end of a command: null when all was well, else the words that say why not. */
function lastWords(command: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: PATIENCE_MS });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code) => {
      const lines = words.trim().split('\n');
      // pip may go on after the sentence that says what is wrong.
      const telling = lines.findLast((line) => line.startsWith('ERROR:')) ?? lines.at(-1);
      resolve(code === 0 ? null : telling || 'nothing');
    });
  });
}

/**
 * Paths of the wheels, fetched with pip when they are not there yet; or a sentence that says why there are none.
 * @param pythons commands to try, in order
 */
export async function fetchWheels(
  root: string,
  pythons: readonly string[] = ['python3', 'python'],
): Promise<readonly string[] | string> {
  const file = path.join(root, REQUIREMENTS);
  const requirements = fs.readFileSync(file, 'utf8');
  const folder = path.join(root, WHEELS);
  try {
    return checkedWheels(requirements, folder);
  } catch {
    // Fetched below.
  }
  const without = 'so Python programs are shown, but do not run';
  let python: string | undefined;
  for (const command of pythons)
    if (python === undefined && (await lastWords(command, ['-m', 'pip', '--version'])) === null) python = command;
  if (python === undefined)
    return `There is no Python with pip here, ${without}: install pip (apt-get install python3-pip), then start again.`;
  fs.mkdirSync(folder, { recursive: true });
  // For the interpreter in the page, whichever runs pip.
  const target = ['--python-version', '3.14', '--platform', 'any', '--implementation', 'py', '--abi', 'none'];
  const options = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--disable-pip-version-check', '--quiet'];
  const words = await lastWords(python, [
    ...['-m', 'pip', 'download', ...options, ...target, '--dest', folder, '--requirement', file],
  ]);
  if (words !== null) return `pip could not fetch the packages, ${without}. It said: ${words}`;
  try {
    return checkedWheels(requirements, folder);
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} Until then, Python programs do not run.`;
  }
}
