import type { StepView } from './step-view.ts';

/** Where an outcome leads: to another step of the list, to the page of a cause, to another list (their names); or nowhere. */
export function leadsTo(
  outcome: Element,
  views: readonly StepView[],
): { readonly next: StepView | undefined; readonly cause: string | undefined; readonly list: string | undefined } {
  const links = [...(outcome.closest('li')?.querySelectorAll('a') ?? [])];
  const next = links.map(({ hash }) => views.find(({ box }) => `#${box.id}` === hash)).find(Boolean);
  const cause = links.find(({ pathname, hash }) => pathname.startsWith('/causes/') && hash === '');
  const list = links.find(({ pathname }) => pathname.startsWith('/checklists/') && pathname !== location.pathname);
  return { next, cause: cause?.textContent, list: list?.textContent };
}

/** Enter and Space choose an outcome; the arrows go to its neighbors. */
export function chooseWithKeys(event: KeyboardEvent): void {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || !target.classList.contains('checklist-outcome')) return;
  const choices = [...(target.closest('ul')?.querySelectorAll<HTMLElement>('.checklist-outcome') ?? [])];
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step !== undefined) choices.at((choices.indexOf(target) + step) % choices.length)?.focus();
  else if (key === 'Enter' || key === ' ') target.click();
  else return;
  event.preventDefault();
}
