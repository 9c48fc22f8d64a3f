/** Fetches a page of this site ahead when the reader points at a link to it or comes to it by keyboard. A term shows its meaning then, and few go on from there. */
export function fetchLinksAhead(): void {
  const { connection } = navigator as { connection?: { readonly saveData?: boolean } };
  if (connection?.saveData) return;
  const known = new Set([location.pathname]);
  const ahead = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link?.origin !== location.origin || link.matches('[download], .term') || known.has(link.pathname)) return;
    known.add(link.pathname);
    const hint = document.createElement('link');
    hint.rel = 'prefetch';
    hint.href = link.pathname;
    document.head.append(hint);
  };
  for (const sign of ['pointerover', 'touchstart', 'focusin'])
    document.addEventListener(sign, ahead, { passive: true });
}
