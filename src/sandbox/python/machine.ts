import { canSuspend, type Pyodide, type PyFunction } from './pyodide.ts';
import type { PythonQuestion } from './questions.ts';
import { rehearsalSockets } from './rehearsal.ts';
import { unpack } from './unpack.ts';

/** What Python asks of the page's side while a program runs; `clock.py`, `keyboard.py`, `program.py` and `simulated_socket.py` call it. */
export interface PythonHost {
  /**
   * Lets time pass to the next thing that happens, or to `deadline` (simulated ms since the run began) if that comes first.
   * `never`: nothing is left that could happen. `interrupt`: the reader has stopped the program.
   */
  readonly jump: (deadline?: number) => Happened | Wait<Happened>;
  /** Simulated ms since the run began. */
  readonly now: () => number;
  /** @param line of the program that prints, from 1; 0 when something else does */
  readonly print_line: (level: 'log' | 'error', text: string, line: number) => void;
  /** Asks the reader for a line. */
  readonly ask: (prompt: string) => Line | Wait<Line>;
}

/**
 * Something that takes real time. A function that gave the bare promise would give Python a future of the program's own
 * event loop, which does not turn while the program waits for it.
 */
export interface Wait<Value> {
  readonly over: Promise<Value>;
}

/** A line with its end, or '' at the end of input. False: nobody is there to type. Null: the reader has stopped the program. */
export type Line = string | false | null;

export type Happened = 'fired' | 'deadline' | 'never' | 'interrupt';

/** How a program ended that did not end well. `text` is the whole traceback as Python prints it; 0 for a place unknown. */
export interface PythonFailure {
  readonly syntax: boolean;
  readonly name: string;
  readonly message: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A Python interpreter on the simulated network, ready for one program. */
export interface PythonMachine {
  /** @param sockets what `simulated_socket.py` calls: {@link Sockets} with `undefined` for null */
  readonly run: (program: PythonProgram) => Promise<PythonFailure | null>;
  /** Answers a question about a program, before the first run only. Not validated. */
  readonly answer: (question: PythonQuestion) => unknown;
}

export interface PythonProgram {
  readonly code: string;
  readonly fileName: string;
  readonly seed: number;
  readonly host: PythonHost;
  readonly sockets: object;
}

/** Where the project's own modules and the packages lie in the interpreter's file system. */
const SITE = '/usr/lib/python3.14/site-packages';

/** Functions whose object is chosen for each run, under the names of a fixed list. */
function switchboard(names: readonly string[]): { readonly module: object; readonly connect: (to: object) => void } {
  let current: object = {};
  const module = Object.fromEntries(
    names.map((name) => [
      name,
      (...values: unknown[]): unknown => {
        const act: unknown = Reflect.get(current, name);
        if (typeof act !== 'function') throw new Error(`No program runs, so ${name} has no answer.`);
        return (act as (...values: unknown[]) => unknown)(...values) ?? undefined;
      },
    ]),
  );
  return {
    module,
    connect: (to) => {
      current = to;
    },
  };
}

const HOST = ['jump', 'now', 'print_line', 'ask'] as const satisfies readonly (keyof PythonHost)[];
const NETWORK = ['lookup', 'connect', 'state', 'write', 'read', 'takeReset', 'readable', 'close'] as const;

/**
 * Brings up Python: loads the interpreter, writes the packages into its file system, and puts the simulated network under
 * its standard library. Takes seconds. Rejects when a file is damaged or missing.
 * @param packages the container that the build makes of the packages and of this folder's modules
 */
export async function bootMachine(
  load: () => Promise<Pyodide>,
  packages: ArrayBuffer | Promise<ArrayBuffer>,
): Promise<PythonMachine> {
  const python: Pyodide = await load();
  const folders = new Set<string>();
  for (const { path, bytes } of unpack(new Uint8Array(await packages))) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (!folders.has(folder)) python.FS.mkdirTree(folder);
    folders.add(folder);
    python.FS.writeFile(path, bytes, { canOwn: true });
  }
  const host = switchboard(HOST);
  const network = switchboard(NETWORK);
  python.registerJsModule('gateway_lab_host', host.module);
  python.registerJsModule('gateway_lab_network', network.module);
  network.connect(rehearsalSockets());
  const run = python.runPython(
    [
      'import sys',
      `sys.path.insert(0, ${JSON.stringify(SITE)})`,
      'from gateway_lab import boot, program, rehearsal',
      'boot.boot()',
      'rehearsal.rehearse()',
      'program.run',
    ].join('\n'),
  ) as PyFunction<[code: string, fileName: string, seed: number]>;

  let aside: { readonly answer: PyFunction<[string]>; readonly forget: PyFunction<[]> } | null = null;
  const asideFunction = (name: string): unknown => python.runPython(`from gateway_lab import aside\naside.${name}`);

  return {
    answer(question) {
      aside ??= {
        answer: asideFunction('answer') as PyFunction<[string]>,
        forget: asideFunction('forget') as PyFunction<[]>,
      };
      const answer = aside.answer(JSON.stringify(question));
      return typeof answer === 'string' ? (JSON.parse(answer) as unknown) : null;
    },
    async run(program) {
      aside?.forget();
      aside = null;
      host.connect(program.host);
      network.connect(program.sockets);
      const values = [program.code, program.fileName, program.seed] as const;
      const failure = canSuspend() ? await run.callPromising(...values) : run(...values);
      return typeof failure === 'string' ? (JSON.parse(failure) as PythonFailure) : null;
    },
  };
}
