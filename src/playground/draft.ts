/** A reader's edits, kept in the browser: file name → code. */
export type Draft = Readonly<Record<string, string>>;

/** Name of the scenario among the files of a draft; no file has such a name. */
export const SCENARIO_IN_DRAFT = '#scenario';

/** Key of a playground's draft in localStorage. The loader looks for it before any of this code is on the page. */
export const draftKey = (pathname: string, id: string): string => `play:${pathname}#${id}`;

/** The draft under `key`; null when there is none, when it cannot be read, or when the browser keeps no storage. */
export function readDraft(key: string): Draft | null {
  if (isEmbedded()) return null;
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof draft !== 'object' || draft === null) return null;
    const files = Object.entries(draft).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return files.length > 0 ? Object.fromEntries(files) : null;
  } catch {
    return null;
  }
}

/** Keeps a draft, or forgets it when it is null. Without storage nothing happens: the playground works, it only forgets. */
export function keepDraft(key: string, draft: Draft | null): void {
  if (isEmbedded()) return;
  try {
    if (draft === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage is blocked or full; the edits live as long as the page.
  }
}

/** Inside another site's frame a playground shows what that site chose, and leaves the reader's own draft alone. */
const isEmbedded = (): boolean => document.documentElement.dataset['embed'] !== undefined;
