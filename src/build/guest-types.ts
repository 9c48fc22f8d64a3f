import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Plugin } from 'vite';

/**
 * What a program in the playground can name, as TypeScript declarations: the editor's completions and squiggles come from
 * here. Made from TypeScript's own library for web workers by leaving out what the sandbox refuses.
 */

/** Browser globals that a program has. Types that they speak of come along by themselves. */
const GLOBALS = `
  AbortController AbortSignal Blob ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy Crypto CryptoKey
  CustomEvent DOMException DecompressionStream ErrorEvent Event EventTarget File FormData Headers MessageChannel
  MessageEvent MessagePort Performance ProgressEvent PromiseRejectionEvent ReadableByteStreamController ReadableStream
  ReadableStreamBYOBReader ReadableStreamDefaultController ReadableStreamDefaultReader Request Response SubtleCrypto
  TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream TransformStreamDefaultController URL
  URLSearchParams WritableStream WritableStreamDefaultController WritableStreamDefaultWriter XMLHttpRequest
  XMLHttpRequestUpload atob btoa clearInterval clearTimeout console crypto fetch performance queueMicrotask setInterval
  setTimeout structuredClone`
  .trim()
  .split(/\s+/);

/** What the library for workers says otherwise, or says of more than the sandbox has. */
const OWN = `
type Transferable = ArrayBuffer | MessagePort | ReadableStream | TransformStream | WritableStream;
type MessageEventSource = MessagePort;
/** The global object of this program. It runs in a web worker of its own. */
declare var self: typeof globalThis;
declare function reportError(error: unknown): void;
declare function addEventListener(type: 'error', listener: (event: ErrorEvent) => void, options?: AddEventListenerOptions): void;
declare function addEventListener(type: 'unhandledrejection', listener: (event: PromiseRejectionEvent) => void, options?: AddEventListenerOptions): void;
declare function removeEventListener(type: string, listener: (event: never) => void): void;
declare var navigator: {
    /** Whether the device thinks that it has a network. A gateway's failure does not change it. */
    readonly onLine: boolean;
    readonly userAgent: string;
    readonly language: string;
    readonly languages: readonly string[];
    readonly hardwareConcurrency: number;
};
`;

/** Client libraries that a program may import, with the file that declares each. */
const LIBRARIES = { ky: 'distribution/index.d.ts', 'p-retry': 'index.d.ts', axios: 'index.d.ts' } as const;

const LIBRARY_TEXTS = 'monaco-editor/esm/vs/languages/features/typescript/lib/lib.js';

/** The standard libraries that Monaco's TypeScript carries: file name → text. */
async function monacoLibraries(): Promise<Readonly<Record<string, string>>> {
  const { libFileMap } = (await import(path.resolve('node_modules', LIBRARY_TEXTS))) as {
    libFileMap: Record<string, string>;
  };
  return libFileMap;
}

/** Declarations of the program's globals besides the language's own. */
export async function guestGlobals(): Promise<string> {
  const libraries = await monacoLibraries();
  const names = ['lib.webworker.d.ts', 'lib.webworker.iterable.d.ts', 'lib.webworker.asynciterable.d.ts'];
  return declarationsOf(names.map((name) => libraries[name] ?? '').join('\n'), GLOBALS, OWN);
}

/** Declarations of the client libraries: path under `node_modules` → text. */
export function libraryTypes(): Readonly<Record<string, string>> {
  const files = new Map<string, string>();
  for (const [name, entry] of Object.entries(LIBRARIES)) {
    files.set(`${name}/package.json`, JSON.stringify({ name, types: `./${entry}` }));
    addWithImports(files, path.posix.join(name, entry));
  }
  return Object.fromEntries(files);
}

function addWithImports(files: Map<string, string>, file: string): void {
  if (files.has(file)) return;
  const text = readFileSync(path.resolve('node_modules', file), 'utf8');
  files.set(file, text);
  for (const { fileName } of ts.preProcessFile(text).importedFiles) {
    if (!fileName.startsWith('.')) continue;
    addWithImports(files, path.posix.join(path.posix.dirname(file), fileName.replace(/(?:\.d)?\.[tj]s$/, '.d.ts')));
  }
}

/**
 * Picks declarations out of a library: the wanted globals, and every type that they speak of.
 * Throws when a wanted name is not declared.
 * @param instead own declarations, which stand in for those of the same name
 */
function declarationsOf(library: string, wanted: readonly string[], instead = ''): string {
  const source = ts.createSourceFile('library.d.ts', library, ts.ScriptTarget.Latest, true);
  const declared = new Map<string, ts.Statement[]>();
  for (const statement of source.statements) {
    for (const name of namesOf(statement)) declared.set(name, [...(declared.get(name) ?? []), statement]);
  }
  const missing = wanted.filter((name) => !declared.has(name));
  if (missing.length > 0) throw new Error(`The library for workers declares no ${missing.join(', ')}.`);

  const globals = new Set(wanted);
  const taken = new Set<ts.Statement>();
  const names = [...wanted];
  const own = ts.createSourceFile('own.d.ts', instead, ts.ScriptTarget.Latest, true);
  const seen = new Set([...names, ...own.statements.flatMap(namesOf)]);
  for (const name of names) {
    for (const statement of declared.get(name) ?? []) {
      const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
      if (!isType && !globals.has(name)) continue;
      taken.add(statement);
      for (const mentioned of typesIn(statement)) {
        if (seen.has(mentioned)) continue;
        seen.add(mentioned);
        names.push(mentioned);
      }
    }
  }
  return source.statements
    .filter((statement) => taken.has(statement))
    .map((statement) => statement.getFullText())
    .concat(instead)
    .join('')
    .replace(REFERENCES, '');
}

/** A library's notes to the compiler, such as that it is the whole library. */
const REFERENCES = /^\/\/\/\s*<reference [^>]*>\r?\n/gm;

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
  )
    return statement.name ? [statement.name.text] : [];
  return [];
}

/** Names of the types that a declaration speaks of. */
function typesIn(root: ts.Node): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) found.add(node.typeName.getText());
    if (ts.isExpressionWithTypeArguments(node)) found.add(node.expression.getText());
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

const GLOBALS_MODULE = 'virtual:guest-types';

/** `import { globals, libraries } from 'virtual:guest-types'`: the declarations above, as text. */
export function guestTypes(): Plugin {
  return {
    name: 'guest-types',
    resolveId: (source) => (source === GLOBALS_MODULE ? `\0${GLOBALS_MODULE}` : null),
    async load(id) {
      if (id !== `\0${GLOBALS_MODULE}`) return null;
      const globals = JSON.stringify(await guestGlobals());
      return `export const globals = ${globals};\nexport const libraries = ${JSON.stringify(libraryTypes())};`;
    },
  };
}

/**
 * For the bundle of Monaco's TypeScript worker: leaves out the libraries of the DOM, of Windows Script Host and the like,
 * half a megabyte of them, which no playground has.
 */
export function languageLibrariesOnly(): Plugin {
  return {
    name: 'language-libraries-only',
    async load(id) {
      if (!id.replaceAll('\\', '/').endsWith(LIBRARY_TEXTS)) return null;
      const kept = Object.entries(await monacoLibraries()).filter(([name]) => /^lib\.(?:es|decorators)/.test(name));
      return `export const libFileMap = ${JSON.stringify(Object.fromEntries(kept.filter(([name]) => !name.includes('full'))))};`;
    },
  };
}
