/** What makes a worker a Python interpreter, as the page hands it over. The build makes the files (`src/build/python-files.ts`). */
export interface PythonFiles {
  /** Text of Pyodide's loader and of its runtime, both ES modules. */
  readonly loader: string;
  readonly runtime: string;
  /** JSON. */
  readonly lock: string;
  readonly wasm: ArrayBuffer;
  readonly stdlib: ArrayBuffer;
  /** A container (`unpack.ts`). */
  readonly packages: ArrayBuffer;
}
