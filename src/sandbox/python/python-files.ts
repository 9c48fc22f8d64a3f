/** What makes a worker a Python interpreter. The build makes the files (`src/build/python-files.ts`), the page fetches them. */
export const PYTHON_FILES = ['lock', 'loader', 'runtime', 'wasm', 'stdlib', 'packages'] as const;

/**
 * `loader` and `runtime` are Pyodide's, both ES modules; `lock` is JSON, `stdlib` a zip, `packages` a container
 * (`unpack.ts`).
 */
export type PythonFileName = (typeof PYTHON_FILES)[number];

/** Page to guest, for each file once. `content` is null when it could not be had; the page has told the reader by then. */
export interface ArrivedFile {
  readonly name: PythonFileName;
  readonly content: Blob | null;
}

export type PythonFiles = Readonly<Record<PythonFileName, Promise<Blob>>>;

/** The files that come on a port. Those that cannot be had reject. */
export function filesFrom(port: MessagePort): PythonFiles {
  const entries = PYTHON_FILES.map((name) => [name, Promise.withResolvers<Blob>()] as const);
  const awaited = new Map(entries);
  port.onmessage = ({ data: { name, content } }: MessageEvent<ArrivedFile>) => {
    if (content) awaited.get(name)?.resolve(content);
    else awaited.get(name)?.reject(new Error(`Python's ${name} could not be loaded`));
    awaited.delete(name);
    if (awaited.size === 0) port.close();
  };
  for (const [, { promise }] of entries) promise.catch(() => undefined);
  return Object.fromEntries(entries.map(([name, { promise }]) => [name, promise])) as PythonFiles;
}
