import { execFile } from 'node:child_process';
import { createHash, type BinaryLike } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pack, unpack } from '../sandbox/python/unpack.ts';
import type { PythonFiles } from '../sandbox/python/python-files.ts';
import { fetchWheels, REQUIREMENTS } from './python/wheels.ts';
import type { RepackOrder } from './python/repack.ts';

/** The files that a worker needs to run Python, by what they are for. */
export type PythonFileName = keyof PythonFiles;

export interface BuiltPythonFile {
  readonly name: PythonFileName;
  /** Address in the site without a slash in front, and in {@link PYTHON_FOLDER}. It changes with the content. */
  readonly address: string;
  readonly bytes: number;
}

/** Python for the page: Pyodide, with the standard library and the packages compiled for it. */
export interface BuiltPython {
  /** Pyodide's version. */
  readonly version: string;
  /** Changes with any of the files. */
  readonly hash: string;
  readonly files: readonly BuiltPythonFile[];
}

/** Where the files are that the site serves, from the project's folder. */
export const PYTHON_FOLDER = '.cache/python/site';

const CACHE = '.cache/python';
const PYODIDE = 'node_modules/pyodide';
const OWN = 'src/sandbox/python';

/** Names in the site. Hosts choose by the extension what they compress; text they all do, and what they do not know, hardly one. */
const SERVED: Readonly<Record<PythonFileName, string>> = {
  loader: 'pyodide.mjs',
  runtime: 'pyodide.asm.mjs',
  lock: 'pyodide-lock.json',
  wasm: 'pyodide.asm.wasm',
  stdlib: 'stdlib.zip.txt',
  packages: 'packages.txt',
};

const sha = (...parts: readonly BinaryLike[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex').slice(0, 12);
};

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const made = new Map<string, Promise<BuiltPython | null>>();

/**
 * Makes the files, or finds them where they were made before. Null, after a sentence on the console, when the packages
 * cannot be fetched; the site can do without. Rejects when the files cannot be made of what was fetched.
 * @param root the project's folder
 */
export function pythonFiles(root: string): Promise<BuiltPython | null> {
  const known = made.get(root) ?? make(root);
  made.set(root, known);
  return known;
}

/** Forgets what was made, so that changed sources are compiled again. */
export const forgetPythonFiles = (root: string): boolean => made.delete(root);

/** The project's own Python modules. */
export const ownModules = (root: string): readonly string[] =>
  fs
    .readdirSync(path.join(root, OWN))
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => path.join(root, OWN, name));

async function make(root: string): Promise<BuiltPython | null> {
  const wheels = await fetchWheels(root);
  if (typeof wheels === 'string') {
    console.warn(wheels);
    return null;
  }
  const read = (file: string): Buffer => fs.readFileSync(path.join(root, file));
  const { version } = record(JSON.parse(read(`${PYODIDE}/package.json`).toString()));
  const libraries = sha(
    String(version),
    ...[REQUIREMENTS, 'src/build/python/repack.py', 'src/build/python/repack.ts', `${OWN}/left_out.py`].map(read),
  );
  const modules = ownModules(root);
  const own = sha(libraries, ...modules.flatMap((file) => [path.basename(file), fs.readFileSync(file)]));
  const manifest = path.join(root, CACHE, 'made', `${own}.json`);
  if (fs.existsSync(manifest)) {
    const built = JSON.parse(fs.readFileSync(manifest, 'utf8')) as BuiltPython;
    if (built.files.every(({ address }) => fs.existsSync(path.join(root, PYTHON_FOLDER, address)))) return built;
  }

  const part = (name: string): string => path.join(root, CACHE, 'parts', name);
  const [stdlib, packages] = [part(`${libraries}-stdlib.zip`), part(`${libraries}-packages.bin`)];
  const ownPackage = part(`${own}-own.bin`);
  const archive = path.join(root, PYODIDE, 'python_stdlib.zip');
  const leftOut = path.join(root, OWN, 'left_out.py');
  await Promise.all([
    ...(fs.existsSync(stdlib) && fs.existsSync(packages)
      ? []
      : [repack({ kind: 'libraries', wheels, archive, leftOut, stdlib, packages }, root)]),
    ...(fs.existsSync(ownPackage) ? [] : [repack({ kind: 'own', modules, packages: ownPackage }, root)]),
  ]);

  const script = (file: string): Buffer =>
    Buffer.from(
      read(`${PYODIDE}/${file}`)
        .toString()
        .replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'),
    );
  const { info } = record(JSON.parse(read(`${PYODIDE}/pyodide-lock.json`).toString()));
  const contents: Readonly<Record<PythonFileName, Uint8Array>> = {
    loader: script('pyodide.mjs'),
    runtime: script('pyodide.asm.mjs'),
    // Its packages would come from elsewhere; it starts without.
    lock: Buffer.from(JSON.stringify({ info, packages: {} })),
    wasm: read(`${PYODIDE}/pyodide.asm.wasm`),
    stdlib: fs.readFileSync(stdlib),
    packages: pack([packages, ownPackage].flatMap((file) => unpack(fs.readFileSync(file)))),
  };
  const names = Object.keys(SERVED) as readonly PythonFileName[];
  const files = names.map((name) => serve(root, name, contents[name]));
  const built: BuiltPython = {
    version: String(version),
    hash: sha(...files.map(({ address }) => address)),
    files,
  };
  write(manifest, JSON.stringify(built));
  return built;
}

/** Puts one file where the site takes it from. */
function serve(root: string, name: PythonFileName, content: Uint8Array): BuiltPythonFile {
  const address = `${sha(content)}/${SERVED[name]}`;
  write(path.join(root, PYTHON_FOLDER, address), content);
  return { name, address, bytes: content.length };
}

/** Writes a file as a whole: another process may look for it meanwhile. */
function write(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  fs.writeFileSync(unfinished, content);
  fs.renameSync(unfinished, file);
}

function repack(order: RepackOrder, root: string): Promise<void> {
  const program = path.join(root, 'src/build/python/repack.ts');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, JSON.stringify(order)], { cwd: root }, (error, _output, words) => {
      if (error) reject(new Error(`Python's ${order.kind} could not be compiled (${program}): ${words}`));
      else resolve();
    });
  });
}
