import { consoleValue } from './console-value.ts';
import type { ReaderConsole } from './console.ts';
import type { ProgramFailure, SourcePosition } from './protocol.ts';
import type { ReaderStack } from './stack.ts';

export interface FailureReporterOptions {
  readonly stack: ReaderStack;
  readonly now: () => number;
  readonly post: (failure: ProgramFailure) => void;
  readonly output: ReaderConsole;
}

export interface FailureReporter {
  /** An error that the program did not handle. The first is the run's failure; later ones show in the console. */
  readonly report: (how: 'uncaught' | 'rejection', error: unknown) => void;
  /** The program could not be loaded: it does not parse, or it imports something. */
  readonly reportLoading: (error: unknown, code: string, locate: LocateSyntaxError) => Promise<void>;
  /** Runs a callback of the program and reports what it throws. */
  readonly guard: (callback: () => unknown) => void;
}

type LocateSyntaxError = (code: string, error: Error) => Promise<SourcePosition | null>;

export function failureReporter({ stack, now, post, output }: FailureReporterOptions): FailureReporter {
  let failed = false;

  function fail(failure: Omit<ProgramFailure, 'kind' | 'at'>): void {
    failed = true;
    post({ kind: 'failed', ...failure, at: now() });
  }

  function report(how: 'uncaught' | 'rejection', error: unknown): void {
    const isError = error instanceof Error;
    const position = isError ? stack.position(error.stack) : null;
    if (failed)
      return output.show('error', [how === 'uncaught' ? 'Uncaught' : 'Uncaught (in promise)', error], position);
    const shown = consoleValue(error, stack.frames);
    if (shown.type === 'error') fail({ how, name: shown.name, message: shown.message, stack: shown.stack, position });
    else
      fail({
        how,
        name: 'Thrown value',
        message: 'text' in shown ? shown.text : shown.label || 'object',
        stack: '',
        position,
      });
  }

  async function reportLoading(error: unknown, code: string, locate: LocateSyntaxError): Promise<void> {
    if (error instanceof SyntaxError) {
      const position = await locate(code, error).catch(() => null);
      fail({ how: 'syntax', name: 'SyntaxError', message: error.message, stack: '', position });
      return;
    }
    const { specifier, position } = firstImport(code);
    const what = specifier === null ? 'Imports are' : `import "${specifier}" does not work here: imports are`;
    const message = `${what} not available in this playground yet. Write the function in this file instead.`;
    fail({ how: 'syntax', name: 'ImportError', message, stack: '', position });
  }

  return {
    report,
    reportLoading,
    guard: (callback) => {
      try {
        callback();
      } catch (error) {
        report('uncaught', error);
      }
    },
  };
}

/** The first static import of a module, for the sentence that refuses it. */
function firstImport(code: string): { specifier: string | null; position: SourcePosition | null } {
  const found = /^[ \t]*(?:import|export)\b[^'"`;()]*?['"]([^'"\n]+)['"]/m.exec(code);
  if (!found) return { specifier: null, position: null };
  const before = code.slice(0, found.index).split('\n');
  return { specifier: found[1] ?? null, position: { line: before.length, column: 1 } };
}
