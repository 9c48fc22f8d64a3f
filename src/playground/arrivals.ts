import { draftKey, readDraft, SCENARIO_IN_DRAFT } from './draft.ts';
import { openLink, restoreScenario } from './store-sharing.ts';
import type { Playground } from './store.ts';

/** Brings back what the reader left in this playground, and says so. Never runs it. */
export async function restoreDraft(playground: Playground): Promise<void> {
  const { data, edited, replaceCode, notify } = playground;
  const draft = edited.peek() ? null : readDraft(draftKey(location.pathname, data.id));
  if (!draft) return;
  replaceCode(data.files.map(({ name }) => draft[name]));
  const scenario = draft[SCENARIO_IN_DRAFT];
  if (edited.peek() || scenario !== undefined) notify({ kind: 'draft' });
  if (scenario !== undefined) await restoreScenario(playground, scenario);
}

/** Shows what a link in the page's address brought for this playground. @param element its `<play-ground>` */
export async function openAddress(playground: Playground, element: HTMLElement): Promise<void> {
  const all = [...document.querySelectorAll<HTMLElement>('play-ground')];
  const ids = all.map((other) => other.dataset['id'] ?? '');
  if (await openLink(playground, location.hash, ids, all[0] === element))
    element.querySelector('.play')?.scrollIntoView({ block: 'start' });
}
