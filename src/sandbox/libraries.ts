/** The client libraries that programs may import, by the names that they are published under. */
export const LIBRARIES = ['ky', 'p-retry', 'axios'] as const;

export type LibraryName = (typeof LIBRARIES)[number];

export const isLibrary = (name: string): name is LibraryName => (LIBRARIES as readonly string[]).includes(name);

/** Why an import does not work here, and which would. */
export const importSentence = (name: string): string =>
  `import "${name.slice(0, 200)}" does not work in this playground. It has ky, p-retry and axios; write anything else into this file.`;

/** One import of the reader's program. Offsets count UTF-16 units from the start of the code. */
export type ImportPlace =
  /** `import … from 'ky'`: the text between the quotes. */
  | { readonly name: LibraryName; readonly start: number; readonly end: number }
  /** `import(…)`: the word `import`. */
  | { readonly name: null; readonly start: number; readonly end: number };

/** What a program imports, and the texts of the libraries in it. */
export interface ProgramImports {
  readonly places: readonly ImportPlace[];
  /** Texts of ES modules; left out under Node, which has them as files. */
  readonly libraries: Readonly<Partial<Record<LibraryName, string>>>;
}
