import { panelOf, type Host } from '../host.ts';
import type { Store } from '../incident-store.ts';
import { banner } from './banner.ts';
import { closeChoice, openChoice } from './choice.ts';
import { causeForm } from './name-cause.ts';
import { keptRun, PracticeStore, type Run } from './practice-store.ts';
import styles from './practice.css?inline';
import { tryButtons } from './try-steps.ts';

/** What is not for practice: it would mix the practice with incidents of the reader's, or begin another. */
const NOT_FOR_PRACTICE = ['incidents', 'link', 'practice'];
const FIXED = 'Values of the recorded machine, fixed in practice: its outputs were recorded with them';

let sheet: CSSStyleSheet | undefined;

/**
 * Goes on with the practice that this tab is in the middle of; else asks the reader which incident it is to be.
 * @param asked whether the reader pressed the button, just now
 */
export function practice(host: Host, asked: boolean): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets.push(sheet);
  }
  host.say('');
  const button = host.querySelector<HTMLElement>('[data-act="practice"]');
  const run = keptRun(host.listId);
  if (run) begin(host, run, asked);
  else if (asked && button) openChoice(host, button, (chosen) => begin(host, chosen, true));
}

/** @param asked whether the reader did something to begin it: then the keyboard goes to it */
function begin(host: Host, run: Run, asked: boolean): void {
  const own = host.store;
  const store = new PracticeStore(host.listId, run);
  closeChoice(host);
  closePanel(host);
  for (const left of host.querySelectorAll('[data-practice]')) left.remove();
  const giveBackFields = fixFields(host);
  for (const act of NOT_FOR_PRACTICE) buttonFor(host, act)?.toggleAttribute('hidden', true);

  const end = (again: boolean): void => {
    store.forget();
    for (const part of parts) part.remove();
    for (const act of NOT_FOR_PRACTICE) buttonFor(host, act)?.toggleAttribute('hidden', false);
    giveBack(host, own);
    giveBackFields();
    const button = buttonFor(host, 'practice');
    button?.focus();
    if (again) button?.click();
    else host.say('Practice is over. Everything of yours is as it was.');
    // A link with an incident may have come in the meantime.
    if (location.hash.startsWith('#checklist=')) dispatchEvent(new HashChangeEvent('hashchange'));
  };

  const form = causeForm(host, store, end);
  const head = banner(store, { end: () => end(false), nameCause: form.focus });
  const parts = [head, form.element, ...tryButtons(host, store, form.changed)];
  host.prepend(head);
  host.append(form.element);
  host.store = store;
  host.show();
  host.say('');
  if (asked) head.querySelector('p')?.focus();
}

function giveBack(host: Host, own: Store): void {
  host.store = own;
  own.read();
  host.show();
}

const buttonFor = (host: Host, act: string): HTMLElement | null =>
  host.querySelector<HTMLElement>(`.checklist-buttons [data-act="${act}"]`);

/** What is open there belongs to the reader's own incidents. */
function closePanel(host: Host): void {
  buttonFor(host, 'incidents')?.setAttribute('aria-expanded', 'false');
  const panel = panelOf(host);
  panel?.replaceChildren();
  panel?.toggleAttribute('hidden', true);
}

/** Lets nobody change the values; gives back a function that undoes it. What was being written comes back with it. */
function fixFields(host: Host): () => void {
  const fieldset = host.querySelector<HTMLFieldSetElement>('.checklist-fields');
  const legend = fieldset?.querySelector('legend');
  const words = legend?.textContent ?? '';
  const wrong = host.fields
    .filter(({ input }) => input.ariaInvalid === 'true')
    .map(({ input }) => ({ input, value: input.value }));
  if (fieldset) fieldset.disabled = true;
  if (legend) legend.textContent = FIXED;
  return () => {
    if (fieldset) fieldset.disabled = false;
    if (legend) legend.textContent = words;
    for (const { input, value } of wrong) {
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
  };
}
