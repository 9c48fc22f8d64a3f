import path from 'node:path';
import ts from 'typescript';

/**
 * Complaints that come from what a fence leaves out: names and modules that it does not declare, and types that nobody
 * needs to write in a sample.
 */
const LEFT_OUT = new Set([2304, 2307, 2318, 2552, 2580, 2582, 2583, 2584, 2792, 7016, 18004]);

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  strict: false,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  skipLibCheck: true,
  esModuleInterop: true,
};

/** The standard library and the types of Node are read once. */
const library = new Map<string, ts.SourceFile | undefined>();
let before: ts.Program | undefined;

/**
 * What TypeScript has against a program, one line a mistake.
 * @param fileName with the ending `.ts` or `.js`; the file does not have to exist
 */
export function typeProblems(code: string, fileName: string): string[] {
  const file = path.resolve(fileName);
  const host = ts.createCompilerHost(OPTIONS);
  const disk = ts.createCompilerHost(OPTIONS);
  host.fileExists = (name) => name === file || disk.fileExists(name);
  host.readFile = (name) => (name === file ? code : disk.readFile(name));
  host.getSourceFile = (name, version, ...rest) => {
    if (name === file) return ts.createSourceFile(name, code, version);
    if (!library.has(name)) library.set(name, disk.getSourceFile(name, version, ...rest));
    return library.get(name);
  };
  const program = ts.createProgram({
    rootNames: [file],
    options: OPTIONS,
    host,
    ...(before && { oldProgram: before }),
  });
  before = program;
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    .filter(({ code: number }) => !LEFT_OUT.has(number))
    .map(({ start = 0, messageText }) => {
      const line = code.slice(0, start).split('\n').length;
      return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}
