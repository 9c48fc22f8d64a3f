/**
 * Which items of a checklist are ticked, as text for storage. Items are named by the ids their author gave them, never
 * by position: a list can be reordered, grow and shrink, and the ticks stay with their items. An id that the page no
 * longer has stays in storage, so that an older copy of the page in another tab loses nothing.
 */

/** The key under which a checklist's progress is stored. */
export const storageKey = (checklistId: string): string => `gateway-lab:checklist:${checklistId}`;

/** Ids of the ticked items, in the order in which they were ticked. Text that is not ours counts as nothing ticked. */
export function parseProgress(text: string | null): string[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('done' in value) || !Array.isArray(value.done)) return [];
    return value.done.filter((id) => typeof id === 'string');
  } catch {
    return [];
  }
}

/** The text to store. `format` lets a later version of the site read it knowingly. */
export const formatProgress = (done: readonly string[]): string => JSON.stringify({ format: 1, done });

/** `done` with one item ticked or unticked. */
export const withItem = (done: readonly string[], id: string, ticked: boolean): string[] => {
  const others = done.filter((other) => other !== id);
  return ticked ? [...others, id] : others;
};

/** One item as a person reads it. */
export interface ChecklistItem {
  readonly text: string;
  readonly ticked: boolean;
}

/** The checklist for a ticket or a chat, as a GFM task list. */
export const asMarkdown = (title: string, address: string, items: readonly ChecklistItem[]): string =>
  [`## ${title}`, '', ...items.map(({ text, ticked }) => `- [${ticked ? 'x' : ' '}] ${text}`), '', address, ''].join(
    '\n',
  );
