import { matches, wantedIn } from './matches.ts';

/** Filters the rows of the table of status codes while the reader types, and keeps the choice in the page's address. */
class StatusTable extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    const none = this.querySelector<HTMLElement>('.status-none');
    const told = form?.querySelector('[role=status]');
    if (!form || !none || !told) return;
    const rows = [...this.querySelectorAll<HTMLElement>('tbody tr')];

    const show = (): void => {
      const wanted = wantedIn(new FormData(form));
      const shown = rows.filter((row) => {
        row.hidden = !matches(factsOf(row), wanted);
        return !row.hidden;
      });
      none.hidden = shown.length > 0;
      told.textContent = `${shown.length} of ${rows.length} codes`;
    };
    const keep = (): void => {
      const chosen = new URLSearchParams(
        Object.entries(wantedIn(new FormData(form))).filter(([, value]) => value !== ''),
      ).toString();
      history.replaceState(null, '', (chosen === '' ? location.pathname : `?${chosen}`) + location.hash);
    };

    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
    }
    form.addEventListener('input', () => {
      show();
      keep();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      // Enter goes to the only row that is left.
      const left = rows.filter((row) => !row.hidden);
      if (left.length === 1) left[0]?.querySelector('a')?.click();
    });
    none.querySelector('button')?.addEventListener('click', () => {
      form.reset();
      show();
      keep();
      form.querySelector('input')?.focus();
    });
    // A page that comes out of the history has its fields filled again.
    show();
  }
}

const factsOf = (row: HTMLElement) => ({
  text: row.textContent,
  class: row.dataset['class'],
  registered: row.dataset['registered'],
  retry: row.dataset['retry'],
});

customElements.define('status-table', StatusTable);
