import axiosUrl from 'virtual:part/axios';
import kyUrl from 'virtual:part/ky';
import pRetryUrl from 'virtual:part/p-retry';
import type { LibraryName, ProgramImports } from '../sandbox/libraries.ts';
import type { ProgramFailure } from '../sandbox/protocol.ts';
import { readImports } from '../sandbox/read-imports.ts';
import { scriptText } from './parts.ts';

const URLS: Readonly<Record<LibraryName, string>> = { ky: kyUrl, 'p-retry': pRetryUrl, axios: axiosUrl };

/**
 * The imports of a program, with the libraries that they name; undefined when there are none, or a failure when the
 * playground does not have what is imported. Throws a sentence when a library cannot be loaded.
 */
export async function importsFor(
  code: string,
): Promise<ProgramImports | { readonly failure: ProgramFailure } | undefined> {
  const read = await readImports(code);
  if ('failure' in read) return read;
  if (read.places.length === 0) return undefined;
  const texts = await Promise.all(read.libraries.map((name) => scriptText(URLS[name], `The library ${name}`)));
  return { places: read.places, libraries: Object.fromEntries(read.libraries.map((name, at) => [name, texts[at]])) };
}
