/** The files with which the page runs Python (`src/build/python-module.ts`). */
declare module 'virtual:python-files' {
  interface PythonFile {
    readonly url: string;
    readonly bytes: number;
  }

  /** Null when the site was built without. */
  export const PYTHON: {
    /** Pyodide's version. */
    readonly version: string;
    /** Changes with any of the files. */
    readonly hash: string;
    readonly files: Readonly<Record<'loader' | 'runtime' | 'lock' | 'wasm' | 'stdlib' | 'packages', PythonFile>>;
  } | null;
}
