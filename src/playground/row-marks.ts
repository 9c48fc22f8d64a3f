/** Marks, in all views of a playground, the rows and lines of the request that the reader points at or has the focus on. */
export function followMarks(): void {
  for (const type of ['pointerover', 'focusin'] as const) document.addEventListener(type, mark, { passive: true });
}

function mark({ target }: Event): void {
  const row = target instanceof Element ? target.closest<HTMLElement>('.play [data-id]') : null;
  const id = row?.dataset['id'];
  for (const marked of document.querySelectorAll('[data-marked]')) marked.removeAttribute('data-marked');
  if (!row || id === undefined) return;
  for (const same of row.closest('.play')?.querySelectorAll(`[data-id="${id}"]`) ?? []) {
    same.setAttribute('data-marked', '');
  }
}
