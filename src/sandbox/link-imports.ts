import { importSentence, isLibrary, type ImportPlace, type LibraryName } from './libraries.ts';
import type { SourcePosition } from './protocol.ts';
import type { Shift } from './stack.ts';
import { replaceGlobal } from './time.ts';

/** A guest's part: ties the imports of a program to the libraries that came with it. */

export interface LinkOptions {
  /** The program, behind what the sandbox put before it. */
  readonly code: string;
  /** Length of what the sandbox put before it. */
  readonly prologue: number;
  readonly places: readonly ImportPlace[];
  /** Address from which the platform imports a library. */
  readonly urlOf: (name: LibraryName) => string;
  /** Counts work that takes real time. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
}

export interface Linked {
  /** The program with addresses for names; every line is where it was. */
  readonly code: string;
  /** Where the replaced texts moved the rest of a line. */
  readonly shifts: readonly Shift[];
  /** What the platform says about an import that failed, in the program's own names. */
  readonly explain: (message: string) => { readonly message: string; readonly position: SourcePosition | null };
}

const DYNAMIC = '$gatewayLabImport';

const load = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

export function linkImports({ code, prologue, places, urlOf, track }: LinkOptions): Linked {
  const urls = new Map<LibraryName, string>();
  const known = (name: LibraryName): string => {
    const url = urls.get(name) ?? urlOf(name);
    urls.set(name, url);
    return url;
  };
  replaceGlobal(DYNAMIC, function (specifier: unknown): Promise<unknown> {
    const name = String(specifier);
    return isLibrary(name) ? track(load(known(name))) : Promise.reject(new TypeError(importSentence(name)));
  });
  const shifts: Shift[] = [];
  const positions = new Map<string, SourcePosition>();
  let linked = '';
  let from = 0;
  for (const { name, ...place } of places) {
    const [start, end] = [place.start + prologue, place.end + prologue];
    linked += code.slice(from, start);
    const put = name === null ? DYNAMIC : known(name);
    const lines = linked.split('\n');
    const column = (lines.at(-1)?.length ?? 0) + 1;
    if (name !== null && !positions.has(name)) positions.set(name, placeOf(code.slice(prologue, start)));
    linked += put;
    shifts.push({ line: lines.length, after: column, by: put.length - (end - start) });
    from = end;
  }
  const explain = (message: string): { message: string; position: SourcePosition | null } => {
    for (const [name, url] of urls) {
      if (message.includes(url))
        return { message: message.replaceAll(url, name), position: positions.get(name) ?? null };
    }
    return { message, position: null };
  };
  return { code: linked + code.slice(from), shifts, explain };
}

/** Line and column of what comes after `before`, from 1. */
function placeOf(before: string): SourcePosition {
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
