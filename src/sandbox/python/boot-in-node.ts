import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootMachine, type PythonMachine } from './machine.ts';
import type { LoadPyodide } from './pyodide.ts';

/** Paths of the files that the build made of the standard library and of the packages. */
export interface PythonPaths {
  readonly stdlib: string;
  readonly packages: string;
}

/** Brings up Python in this thread. The current folder has to be the project's. */
export async function bootInNode({ stdlib, packages }: PythonPaths): Promise<PythonMachine> {
  const folder = resolve('node_modules/pyodide');
  const loader: unknown = await import(/* @vite-ignore */ pathToFileURL(`${folder}/pyodide.mjs`).href);
  const { loadPyodide } = loader as { readonly loadPyodide: LoadPyodide };
  return bootMachine(
    () =>
      loadPyodide({
        indexURL: `${folder}/`,
        stdLibURL: stdlib,
        convertNullToNone: true,
        env: { HOME: '/home/reader', PYTHONHASHSEED: '0' },
      }),
    new Uint8Array(readFileSync(packages)).buffer,
  );
}
