import { clockText } from './clock-text.ts';
import type { Step } from './incident.ts';

/** A step as the page has it. */
export interface StepView {
  readonly id: string;
  /** Ids that it had in earlier editions of the list. */
  readonly was: readonly string[];
  readonly words: string;
  readonly box: HTMLInputElement;
  readonly show: (step: Step, now: number) => void;
}

/** Gives a step of the rendered list, once, what only a script can offer: outcomes to choose, its time, and a note. */
export function stepView(box: HTMLInputElement): StepView {
  const { item: id = '', was = '' } = box.dataset;
  const words = box.labels?.[0]?.textContent.trim() ?? '';
  const task = box.closest('li');
  for (const outcome of task?.querySelectorAll(':scope > ul > li') ?? []) makeChoice(outcome);
  const { when, button, note } = partsOf(task, id, words);

  const show = ({ ticked, at, note: text, seen }: Step, now: number): void => {
    box.checked = ticked;
    const told = [
      ticked && (at === null ? 'Ticked.' : `Ticked ${clockText(at, now)}.`),
      seen && `Seen ${clockText(seen.at, now)}: ${seen.words}.`,
    ];
    when.textContent = told.filter(Boolean).join(' ');
    if (note.value !== text) note.value = text;
    if (text !== '') note.hidden = false;
    else if (document.activeElement !== note) note.hidden = true;
    button.ariaExpanded = String(!note.hidden);
    for (const choice of task?.querySelectorAll<HTMLElement>('.checklist-outcome') ?? []) {
      choice.ariaPressed = String(choice.dataset['outcome'] === seen?.id);
    }
  };
  return { id, was: was.split(' ').filter(Boolean), words, box, show };
}

/** Makes the words at the head of an outcome, those before the colon, a button: "this is what I see". */
function makeChoice(outcome: Element): void {
  const { firstChild } = outcome;
  if (!(firstChild instanceof HTMLElement) || firstChild.tagName !== 'STRONG') return;
  // No real button: those do not break over lines, and the text around it would move.
  const choice = document.createElement('span');
  choice.className = 'checklist-outcome';
  choice.role = 'button';
  choice.tabIndex = 0;
  choice.ariaPressed = 'false';
  firstChild.replaceWith(choice);
  choice.append(firstChild);
  for (let next = choice.nextSibling; next; next = choice.nextSibling) {
    const colon = next instanceof Text ? next.data.indexOf(':') : -1;
    if (colon > 0 && next instanceof Text) next.splitText(colon);
    if (colon < 0 && next instanceof HTMLElement && next.tagName !== 'STRONG') break;
    if (colon !== 0) choice.append(next);
    if (colon >= 0) break;
  }
  choice.dataset['outcome'] = wordsId(choice.textContent);
}

/** The id under which it is kept that an outcome was seen. */
const wordsId = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function partsOf(task: Element | null, id: string, words: string) {
  const known = task?.querySelector(':scope > .checklist-step');
  const line = known ?? document.createElement('div');
  const when = line.querySelector('span') ?? document.createElement('span');
  const button = line.querySelector('button') ?? document.createElement('button');
  const note = line.querySelector('textarea') ?? document.createElement('textarea');
  if (!known) {
    line.className = 'checklist-step not-content';
    button.type = 'button';
    button.textContent = 'Note';
    button.dataset['act'] = 'note';
    button.ariaLabel = `Note: ${words}`;
    note.ariaLabel = `Note on: ${words}`;
    note.rows = 2;
    note.hidden = true;
    note.dataset['note'] = id;
    line.append(button, when, note);
    task?.append(line);
  }
  return { when, button, note };
}
