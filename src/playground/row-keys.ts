/**
 * Lets arrows, Home and End walk through rows: chooses the next one, and takes the focus to its button. One row is chosen
 * at a time, and only its button is a stop for Tab.
 * @param ids the rows in the order in which they are shown
 */
export function walkRows(
  event: KeyboardEvent,
  ids: readonly number[],
  chosen: number | null,
  choose: (id: number) => void,
): void {
  const at = chosen === null ? 0 : ids.indexOf(chosen);
  const { length } = ids;
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: length - 1 }[event.key];
  if (next === undefined || length === 0) return;
  event.preventDefault();
  const box = (event.currentTarget as HTMLElement).closest<HTMLElement>('.play-rows');
  const id = ids[Math.min(Math.max(next, 0), length - 1)];
  if (!box || id === undefined) return;
  choose(id);
  // After the rows have been drawn, and before anything else can happen: a focus that is late is a focus that is lost.
  queueMicrotask(() => box.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
}
