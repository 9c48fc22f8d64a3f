import { parse } from 'acorn';
import type { ProgramFailure, SourcePosition } from './protocol.ts';

/**
 * Where a module does not parse; null when it does. A browser's `import()` says that a module does not parse, never where.
 * @param code JavaScript, as an ES module
 */
export function syntaxPlace(code: string): SourcePosition | null {
  try {
    parse(code, { sourceType: 'module', ecmaVersion: 'latest' });
    return null;
  } catch (error) {
    const { line, column } = (error as { loc?: { line: number; column: number } }).loc ?? {};
    return line === undefined || column === undefined ? null : { line, column: column + 1 };
  }
}

/** The failure with its place in the reader's program, where it has none yet. */
export const withPlace = (failure: ProgramFailure, code: string): ProgramFailure =>
  failure.how === 'syntax' && failure.position === null ? { ...failure, position: syntaxPlace(code) } : failure;
