import { asAddress, fieldsOf, fillingsOf, showValues, writtenIn, type Field } from './fields.ts';
import { fillCode } from './filled-code.ts';
import type { Host, Undo } from './host.ts';
import { IncidentStore, type Store } from './incident-store.ts';
import { cleared, stepOf, ticked, withStep, type Step } from './incident.ts';
import { chooseWithKeys, leadsTo } from './outcomes.ts';
import { stepView, type StepView } from './step-view.ts';
import { practiceKey } from './stored.ts';

const NOT_KEPT = 'Your browser keeps no data for this site, so all of this lasts until you leave this page.';
const NOT_LOADED = 'This part of the page could not be loaded. Check your connection, then press the button again.';
/** How the hash of a link begins that carries an incident. */
const CARRIES = '#checklist=';

/**
 * `<lab-checklist>`: gives a rendered task list a memory. The list is complete without it; it keeps what was done, shows it
 * in other tabs of the same page, fills the reader's values into the commands, and runs the buttons.
 */
class LabChecklist extends HTMLElement implements Host {
  store: Store = new IncidentStore('');
  views: readonly StepView[] = [];
  fields: readonly Field[] = [];
  #undo: Undo | undefined;
  #left = new AbortController();

  get listId(): string {
    return this.dataset['checklist'] ?? '';
  }

  connectedCallback(): void {
    this.store = new IncidentStore(this.listId);
    this.views = [...this.querySelectorAll<HTMLInputElement>('input[data-item]')].map(stepView);
    this.fields = fieldsOf(this);
    this.#left = new AbortController();
    const { signal } = this.#left;
    this.addEventListener('change', ({ target }) => this.#changed(target), { signal });
    this.addEventListener('input', (event) => this.#written(event), { signal });
    this.addEventListener('click', ({ target }) => this.#pressed(target), { signal });
    this.addEventListener('keydown', chooseWithKeys, { signal });
    addEventListener('storage', ({ key }) => this.#changedElsewhere(key), { signal });
    addEventListener('hashchange', () => this.#openLink(), { signal });
    // Browsers let a page copy only soon after a click: what makes the text should be here by then.
    for (const sign of ['pointerover', 'focusin'])
      this.querySelector('.checklist-buttons')?.addEventListener(sign, () => void import('./take-out.ts'), {
        once: true,
      });
    this.store.read();
    this.show();
    if (!this.store.kept) this.say('');
    this.#openLink();
    // The reader followed a link in the middle of it, or reloaded.
    if (this.store.kept && sessionStorage.getItem(practiceKey(this.listId))) this.#practice(false);
  }

  disconnectedCallback(): void {
    this.#left.abort();
  }

  /** Ids that this page has no step for are kept, not counted. */
  readonly show = (): void => {
    const { current, all } = this.store;
    const now = Date.now();
    for (const view of this.views) view.show(stepOf(current, view.id, view.was), now);
    const done = this.views.filter(({ box }) => box.checked).length;
    const progress = this.querySelector('progress');
    if (progress) progress.value = done;
    this.#tell('[data-count]', `${done} of ${this.views.length} done`);
    this.#tell('[data-incident]', all.length > 1 || current.name !== 'Incident 1' ? current.name : '');
    showValues(this.fields, current);
    const fillings = fillingsOf(this.fields, current);
    for (const code of this.querySelectorAll('.contains-task-list code')) {
      if (/^(?:sh|bash)?$/.test(code.closest('pre')?.dataset['language'] ?? '')) fillCode(code, fillings);
    }
    this.dispatchEvent(new Event('shown'));
  };

  readonly say = (words: string, undo?: Undo): void => {
    this.#undo = undo;
    this.#tell('[role="status"]', words || (this.store.kept ? '' : NOT_KEPT));
    this.querySelector('[data-act="undo"]')?.toggleAttribute('hidden', !undo);
  };

  #tell(place: string, words: string): void {
    const element = this.querySelector(place);
    if (element) element.textContent = words;
  }

  #changeStep({ id, was }: StepView, change: Partial<Step>, words = ''): void {
    this.store.change((incident) => withStep(incident, id, was, change));
    this.show();
    this.say(words);
  }

  #changed(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement)) return;
    const view = this.views.find(({ box }) => box === target);
    if (view) this.#changeStep(view, ticked(target.checked, Date.now()));
    const field = this.fields.find(({ input }) => input === target);
    if (field) this.#fill(field, true);
  }

  #written({ target, inputType }: Event & { inputType?: string }): void {
    const view = target instanceof HTMLTextAreaElement && this.views.find(({ id }) => id === target.dataset['note']);
    if (view) this.#changeStep(view, { note: target.value });
    const field = this.fields.find(({ input }) => input === target);
    if (field) this.#fill(field, inputType === 'insertFromPaste');
  }

  /** @param complete whether the reader has written the whole of it */
  #fill(field: Field, complete: boolean): void {
    const address = complete && field.kind === 'host' ? asAddress(field.input.value) : null;
    const path = address && this.fields.find(({ kind }) => kind === 'path');
    if (address) field.input.value = address.host;
    if (path) path.input.value = address.path;
    const written = [field, ...(path ? [path] : [])].map((one) => [one.id, writtenIn(one, complete)] as const);
    const good = Object.fromEntries(written.flatMap(([id, value]) => (value === null ? [] : [[id, value]])));
    if (Object.keys(good).length === 0) return;
    this.store.change((incident) => ({ ...incident, values: { ...incident.values, ...good } }));
    this.show();
    this.say('');
  }

  /** Another tab saved, or cleared the storage (then `key` is null). */
  #changedElsewhere(key: string | null): void {
    if (key !== this.store.key && key !== null) return;
    this.store.read();
    this.show();
    this.say('');
  }

  #pressed(target: EventTarget | null): void {
    if (!(target instanceof Element)) return;
    const outcome = target.closest<HTMLElement>('.checklist-outcome');
    if (outcome) this.#choose(outcome);
    const button = target.closest<HTMLElement>('[data-act]');
    const act = button?.dataset['act'];
    if (act === 'print') print();
    if (act === 'reset') this.#reset();
    if (act === 'undo') this.#takeBack();
    if (act === 'note') this.#openNote(button);
    if (act === 'practice') this.#practice(true);
    if (act === 'incidents')
      this.#load(import('./incidents-panel.ts').then((part) => part.toggleIncidents(this, button)));
    if (act === 'copy' || act === 'link' || act === 'json')
      this.#load(import('./take-out.ts').then((part) => part.takeOut(this, act)));
  }

  /** @param asked by the reader, just now */
  #practice(asked: boolean): void {
    this.say('Loading the recorded incidents…');
    this.#load(import('./practice/practice.ts').then((part) => part.practice(this, asked)));
  }

  #load(part: Promise<unknown>): void {
    part.catch(() => this.say(NOT_LOADED));
  }

  /** Keeps that this outcome was seen; chosen again, that it was not. The step is done then, and the next one is focused. */
  #choose(outcome: HTMLElement): void {
    const task = outcome.closest('.task-list-item');
    const view = this.views.find(({ box }) => box.closest('li') === task);
    if (!view) return;
    if (outcome.ariaPressed === 'true') {
      this.#changeStep(view, { seen: null });
      return;
    }
    const at = Date.now();
    const words = outcome.textContent.trim();
    const seen = { id: outcome.dataset['outcome'] ?? '', words, at };
    const { next, cause, list } = leadsTo(outcome, this.views);
    const elsewhere = list ? ` It goes on in another list: ${list}.` : cause ? ` It points to a cause: ${cause}.` : '';
    const where = next ? ` Next: ${next.words}` : elsewhere;
    this.#changeStep(view, { seen, ...(!view.box.checked && ticked(true, at)) }, `Seen: ${words}.${where}`);
    next?.box.focus();
  }

  #openNote(button: HTMLElement | null): void {
    const note = button?.parentElement?.querySelector('textarea');
    if (!button || !note) return;
    note.hidden = !note.hidden && note.value === '';
    button.ariaExpanded = String(!note.hidden);
    if (!note.hidden) note.focus();
  }

  #reset(): void {
    const before = this.store.current;
    const done = this.views.filter(({ box }) => box.checked).length;
    const notes = this.views.filter(({ id, was }) => stepOf(before, id, was).note !== '').length;
    this.store.change(cleared);
    this.show();
    if (done + notes === 0) {
      this.say('Nothing is ticked.');
      return;
    }
    const noted = notes === 0 ? '' : ` and ${notes} ${notes === 1 ? 'note' : 'notes'}`;
    const focus = this.querySelector('[data-act="reset"]');
    this.say(`Cleared ${done} ${done === 1 ? 'tick' : 'ticks'}${noted}.`, {
      ...{ act: () => this.store.put(before), words: 'The ticks are back.', focus },
    });
  }

  #takeBack(): void {
    const undo = this.#undo;
    undo?.act();
    this.show();
    if (undo?.focus instanceof HTMLElement) undo.focus.focus();
    this.say(undo?.words ?? '');
  }

  /** A link may carry an incident; then the reader is asked what to do with it. */
  #openLink(): void {
    const { hash } = location;
    if (hash.startsWith(CARRIES)) this.#load(import('./open-link.ts').then((part) => part.askAboutLink(this, hash)));
  }
}

customElements.define('lab-checklist', LabChecklist);
