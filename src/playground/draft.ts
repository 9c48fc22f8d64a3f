/** A reader's edits, kept in the browser: file name → code. */
export type Draft = Readonly<Record<string, string>>;

/** Name of the scenario among the files of a draft; no file has such a name. */
export const SCENARIO_IN_DRAFT = '#scenario';

/** Name of the drafts that made room for others, among the files of a draft. */
export const ASIDE_IN_DRAFT = '#aside';

/** Key of a playground's draft in localStorage. The loader looks for it before any of this code is on the page. */
export const draftKey = (pathname: string, id: string): string => `play:${pathname}#${id}`;

/** The draft under `key`; null when there is none, when it cannot be read, or when the browser keeps no storage. */
export function readDraft(key: string): Draft | null {
  if (isEmbedded()) return null;
  try {
    return draftFrom(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return null;
  }
}

/** Takes a draft out of data that the reader may have changed; null when it is none. */
export function draftFrom(data: unknown): Draft | null {
  if (typeof data !== 'object' || data === null) return null;
  const files = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return files.length > 0 ? Object.fromEntries(files) : null;
}

/**
 * Keeps a draft, or forgets it when there is none. Without storage nothing happens: the playground works, it only forgets.
 * @param aside the drafts that made room for it
 */
export function keepDraft(key: string, draft: Draft | null, aside: readonly Draft[]): void {
  if (isEmbedded()) return;
  try {
    if (draft || aside.length > 0)
      localStorage.setItem(
        key,
        JSON.stringify({ ...draft, ...(aside[0] && { [ASIDE_IN_DRAFT]: JSON.stringify(aside) }) }),
      );
    else localStorage.removeItem(key);
  } catch {
    // Storage is blocked or full; the edits live as long as the page.
  }
}

/** Inside another site's frame a playground shows what that site chose, and leaves the reader's own draft alone. */
const isEmbedded = (): boolean => document.documentElement.dataset['embed'] !== undefined;
