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
  /** The program could not be loaded: it does not parse, or a library does not have what it imports. */
  readonly reportLoading: (error: unknown, explain: Explain | undefined) => void;
  /** Runs a callback of the program and reports what it throws. */
  readonly guard: (callback: () => unknown) => void;
}

/** What the platform says about an import, in the program's own names. */
type Explain = (message: string) => { readonly message: string; readonly position: SourcePosition | null };

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

  function reportLoading(error: unknown, explain: Explain | undefined): void {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    fail({ how: 'syntax', name, stack: '', ...(explain?.(message) ?? { message, position: null }) });
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
