const rowOf = (element: EventTarget | null): HTMLElement | null =>
  element instanceof Element ? element.closest<HTMLElement>('.play [data-id]') : null;

/** Marks, in all views of a playground, the rows and lines of the request that the reader points at or has the focus on. */
export function followMarks(): void {
  for (const type of ['pointerover', 'focusin'] as const) document.addEventListener(type, mark, { passive: true });
  // A pointer that was there before need not move for it.
  const under = document.querySelector('.play [data-id]:hover');
  if (under) mark({ target: under });
}

function mark({ target }: Pick<Event, 'target'>): void {
  // A pointer that leaves the rows gives the mark back to the row that has the focus.
  const row = rowOf(target) ?? rowOf(document.activeElement);
  const id = row?.dataset['id'];
  for (const marked of document.querySelectorAll('[data-marked]')) marked.removeAttribute('data-marked');
  if (!row || id === undefined) return;
  for (const same of row.closest('.play')?.querySelectorAll(`[data-id="${id}"]`) ?? []) {
    same.setAttribute('data-marked', '');
  }
}
