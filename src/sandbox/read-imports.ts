import { init, parse } from 'es-module-lexer/minimal/js';
import { importSentence, isLibrary, LIBRARIES, type ImportPlace, type LibraryName } from './libraries.ts';
import type { ProgramFailure, SourcePosition } from './protocol.ts';

export interface ImportsRead {
  readonly places: readonly ImportPlace[];
  /** Libraries that the program may come to need. */
  readonly libraries: readonly LibraryName[];
}

/**
 * Finds the imports of a program. Static imports of what the playground does not have are a failure before the program
 * starts; an `import()` fails when the program comes to it. Code that does not parse has no imports; the guest says why.
 */
export async function readImports(code: string): Promise<ImportsRead | { readonly failure: ProgramFailure }> {
  await init();
  const places: ImportPlace[] = [];
  const libraries = new Set<LibraryName>();
  for (const { n: name, s: start, e: end, ss: statement, d: dynamic } of importsOf(code)) {
    if (dynamic >= 0) {
      places.push({ name: null, start: statement, end: statement + 'import'.length });
      if (name === undefined) for (const library of LIBRARIES) libraries.add(library);
      else if (isLibrary(name)) libraries.add(name);
    } else if (dynamic === -1 && name !== undefined) {
      if (!isLibrary(name)) return { failure: refused(name, positionAt(code, start - 1)) };
      places.push({ name, start, end });
      libraries.add(name);
    }
  }
  return { places, libraries: [...libraries] };
}

function importsOf(code: string): ReturnType<typeof parse>[0] {
  try {
    return parse(code)[0];
  } catch {
    return [];
  }
}

function refused(name: string, position: SourcePosition): ProgramFailure {
  const message = importSentence(name);
  return { kind: 'failed', how: 'syntax', name: 'ImportError', message, stack: '', at: 0, position };
}

/** Line and column of an offset, both from 1. */
function positionAt(code: string, offset: number): SourcePosition {
  const before = code.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
