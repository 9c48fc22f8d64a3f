/** As much of Pyodide's interface as the guest uses, so that its types need not be in every build. */
export interface Pyodide {
  readonly FS: {
    readonly mkdirTree: (path: string) => void;
    /** @param canOwn the file system may keep the bytes themselves: nobody else will change them */
    readonly writeFile: (path: string, content: Uint8Array, options: { readonly canOwn: true }) => void;
  };
  readonly registerJsModule: (name: string, module: object) => void;
  readonly runPython: (code: string) => unknown;
}

/** A Python function as JavaScript sees it. */
export interface PyFunction<Values extends unknown[]> {
  (...values: Values): unknown;
  /** The same where what it calls may wait for a promise (JSPI). */
  readonly callPromising: (...values: Values) => Promise<unknown>;
}

export interface LoadOptions {
  readonly indexURL: string;
  readonly lockFileContents?: string;
  /** Where the standard library is, if not beside the rest. */
  readonly stdLibURL?: string;
  readonly createPyodideModule?: unknown;
  readonly convertNullToNone: true;
  readonly env: Readonly<Record<string, string>>;
}

export type LoadPyodide = (options: LoadOptions) => Promise<Pyodide>;

/** True where JavaScript can wait for a promise in the middle of a call from WebAssembly (JSPI). */
export const canSuspend = (): boolean => typeof Reflect.get(WebAssembly, 'Suspending') === 'function';
