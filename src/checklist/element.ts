import { asMarkdown, formatProgress, parseProgress, storageKey, withItem } from './progress.ts';

const NOT_KEPT = 'Your browser keeps no data for this site, so the ticks last until you leave this page.';

/**
 * `<lab-checklist>`: gives a rendered task list a memory. The list is complete without it; it keeps the ticks, shows them
 * in other tabs of the same page, and runs the buttons.
 */
class LabChecklist extends HTMLElement {
  #done: string[] = [];
  #beforeReset: string[] | null = null;
  #left = new AbortController();

  connectedCallback(): void {
    this.#left = new AbortController();
    const { signal } = this.#left;
    this.addEventListener('change', (event) => this.#ticked(event.target), { signal });
    this.addEventListener('click', (event) => this.#pressed(event.target), { signal });
    addEventListener('storage', (event) => this.#changedElsewhere(event), { signal });
    this.#load();
    this.#show();
  }

  disconnectedCallback(): void {
    this.#left.abort();
  }

  get #key(): string {
    return storageKey(this.dataset.checklist ?? '');
  }

  get #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[data-item]')];
  }

  #load(): void {
    try {
      this.#done = parseProgress(localStorage.getItem(this.#key));
    } catch {
      this.#say(NOT_KEPT);
    }
  }

  #save(): boolean {
    try {
      localStorage.setItem(this.#key, formatProgress(this.#done));
      return true;
    } catch {
      this.#say(NOT_KEPT);
      return false;
    }
  }

  /** Draws the state. Ids that this page has no item for are kept, not counted. */
  #show(): void {
    const boxes = this.#boxes;
    for (const box of boxes) box.checked = this.#done.includes(box.dataset.item ?? '');
    const ticked = boxes.filter((box) => box.checked).length;
    const progress = this.querySelector('progress');
    if (progress) progress.value = ticked;
    const count = this.querySelector('[data-count]');
    if (count) count.textContent = `${ticked} of ${boxes.length} done`;
  }

  /** Says it in the status line, with the Undo button beside it when there is something to undo. */
  #say(words: string, undo: string[] | null = null): void {
    this.#beforeReset = undo;
    const status = this.querySelector('[role="status"]');
    if (status) status.textContent = words;
    this.querySelector('[data-act="undo"]')?.toggleAttribute('hidden', undo === null);
  }

  #ticked(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement) || target.dataset.item === undefined) return;
    this.#done = withItem(this.#done, target.dataset.item, target.checked);
    this.#show();
    if (this.#save()) this.#say('');
  }

  /** Another tab saved, or cleared the storage (then `key` is null). */
  #changedElsewhere({ key, newValue }: StorageEvent): void {
    if (key !== this.#key && key !== null) return;
    this.#done = parseProgress(newValue);
    this.#say('');
    this.#show();
  }

  #pressed(target: EventTarget | null): void {
    const act = target instanceof Element ? target.closest<HTMLElement>('[data-act]')?.dataset.act : undefined;
    if (act === 'print') print();
    if (act === 'copy') void this.#copy();
    if (act === 'reset') this.#reset();
    if (act === 'undo') this.#undo();
  }

  #reset(): void {
    const ticked = this.#boxes.filter((box) => box.checked).length;
    const before = this.#done;
    this.#done = [];
    this.#show();
    this.#save();
    if (ticked === 0) this.#say('Nothing is ticked.');
    else this.#say(`Cleared ${ticked} ${ticked === 1 ? 'tick' : 'ticks'}.`, before);
  }

  #undo(): void {
    this.#done = this.#beforeReset ?? this.#done;
    this.#show();
    // The Undo button is about to go; without this the keyboard's place on the page would go with it.
    this.querySelector<HTMLElement>('[data-act="reset"]')?.focus();
    this.#save();
    this.#say('The ticks are back.');
  }

  async #copy(): Promise<void> {
    const items = this.#boxes.map((box) => ({ text: box.labels?.[0]?.textContent.trim() ?? '', ticked: box.checked }));
    const title = document.querySelector('h1')?.textContent.trim() ?? document.title;
    try {
      await navigator.clipboard.writeText(asMarkdown(title, location.origin + location.pathname, items));
      this.#say('Copied.');
    } catch {
      this.#say('Your browser did not allow copying. Select the list and copy it by hand.');
    }
  }
}

customElements.define('lab-checklist', LabChecklist);
