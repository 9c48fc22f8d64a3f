import { ASIDE_IN_DRAFT, type Draft } from './draft.ts';
import { asideOf, showDraft } from './drafts-aside.ts';
import { openLink } from './store-sharing.ts';
import type { Playground } from './store.ts';

/** Brings back what the reader left in this playground, and says so. Never runs it. */
export async function restoreDraft(playground: Playground, draft: Draft): Promise<void> {
  const { edited, notify, setAside } = playground;
  const { [ASIDE_IN_DRAFT]: _, ...own } = draft;
  const older = asideOf(draft);
  // The reader has begun to write something else while the page was loading.
  if (edited.peek()) {
    setAside(Object.keys(own).length > 0 ? [own, ...older] : older);
    notify({ kind: 'aside' });
    return;
  }
  await showDraft(playground, own, older);
  if (edited.peek()) notify({ kind: 'draft' });
  else if (older.length > 0) notify({ kind: 'aside' });
}

/** Shows what a link in the page's address brought for this playground. @param element its `<play-ground>` */
export async function openAddress(playground: Playground, element: HTMLElement): Promise<void> {
  const all = [...document.querySelectorAll<HTMLElement>('play-ground')];
  const ids = all.map((other) => other.dataset['id'] ?? '');
  if (await openLink(playground, location.hash, ids, all[0] === element))
    element.querySelector('.play')?.scrollIntoView({ block: 'start' });
}
