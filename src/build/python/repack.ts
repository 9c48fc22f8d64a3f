/**
 * Compiles Python's standard library, the packages and the project's own modules with Pyodide's interpreter (`repack.py`).
 * A program of its own, because it keeps a processor busy for seconds: `node repack.ts '<order as JSON>'`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { loadPyodide } from 'pyodide';
import { pack, type PackedFile } from '../../sandbox/python/unpack.ts';

/** What to compile, and where to leave it. All paths are absolute. */
export type RepackOrder =
  | {
      readonly kind: 'libraries';
      readonly wheels: readonly string[];
      /** The standard library as Pyodide brings it. */
      readonly archive: string;
      readonly leftOut: string;
      readonly stdlib: string;
      readonly packages: string;
    }
  | { readonly kind: 'own'; readonly modules: readonly string[]; readonly packages: string };

/** `repack.py` as a namespace. What it is given and what it gives goes through `put` and `take`. */
async function repacker(env: Readonly<Record<string, string>>) {
  const python = await loadPyodide({ env: { ...env, PYTHONHASHSEED: '0' } });
  const globals = python.globals as unknown as { readonly set: (name: string, value: unknown) => void };
  const run = (code: string): unknown => python.runPython(code);
  // Pyodide does not know Node's kind of bytes.
  const put = (name: string, bytes: Uint8Array): void => globals.set(name, Uint8Array.from(bytes));
  run(fs.readFileSync(path.join(import.meta.dirname, 'repack.py'), 'utf8'));
  return {
    put,
    /** Files that a piece of Python gives: an iterable of paths and bytes. */
    files(code: string): readonly PackedFile[] {
      const found: PackedFile[] = [];
      globals.set('_give', (file: string, bytes: { toJs: () => Uint8Array }) => {
        found.push({ path: file, bytes: bytes.toJs() });
      });
      run(`for _path, _data in ${code}:\n    _give(_path, _data)`);
      return found;
    },
    run,
  };
}

function write(file: string, bytes: Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  fs.writeFileSync(unfinished, bytes);
  fs.renameSync(unfinished, file);
}

async function repackLibraries(order: Extract<RepackOrder, { kind: 'libraries' }>): Promise<void> {
  const exact = await repacker({});
  const packages = order.wheels.flatMap((wheel) => {
    exact.put('wheel', fs.readFileSync(wheel));
    return exact.files('package_files(wheel.to_bytes())');
  });
  const library = (tool: typeof exact, shown: boolean): void => {
    tool.put('archive', fs.readFileSync(order.archive));
    tool.put('left_out', fs.readFileSync(order.leftOut));
    tool.run('left_out = left_out_of(left_out.to_bytes())');
    tool.run(`sources = stdlib_sources(archive.to_bytes(), left_out, ${shown ? 'True' : 'False'})`);
  };
  library(exact, true);
  const sources = exact.files('((STDLIB + name, shown_lines(data, STDLIB + name)) for name, data in sources.items())');
  const shown = exact.files('((name + "c", compiled(data, STDLIB + name)) for name, data in sources.items())');

  // Where no source goes along, a traceback has no line to mark a place in, so the places need not be known.
  const plain = await repacker({ PYTHONNODEBUGRANGES: '1' });
  library(plain, false);
  plain.run('files = {name + "c": compiled(data, STDLIB + name) for name, data in sources.items()}');
  for (const { path: name, bytes } of shown) {
    plain.put('data', bytes);
    plain.run(`files[${JSON.stringify(name)}] = data.to_bytes()`);
  }
  const [zip] = plain.files('[("", zipped(files))]');
  if (zip) write(order.stdlib, zip.bytes);
  write(order.packages, pack([...packages, ...sources]));
}

async function repackOwn({ modules, packages }: Extract<RepackOrder, { kind: 'own' }>): Promise<void> {
  const tool = await repacker({});
  const files = modules.flatMap((file) => {
    tool.put('data', fs.readFileSync(file));
    const place = `SITE + "gateway_lab/${path.basename(file)}"`;
    return tool.files(`[(${place} + "c", compiled(data.to_bytes(), ${place}))]`);
  });
  write(packages, pack(files));
}

const order = JSON.parse(process.argv[2] ?? 'null') as RepackOrder;
try {
  await (order.kind === 'own' ? repackOwn(order) : repackLibraries(order));
} catch (error) {
  // Node would print the line of Pyodide's that threw: a megabyte.
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
