import { matches, NOTHING, type Wanted } from './matches.ts';

type Field = HTMLInputElement | HTMLSelectElement;

/** Filters the rows of the table of status codes while the reader types, and keeps the choice in the page's address. */
class StatusTable extends HTMLElement {
  connectedCallback(): void {
    const filter = this.querySelector('search');
    const none = this.querySelector<HTMLElement>('.status-none');
    const told = filter?.querySelector('[role=status]');
    if (!filter || !none || !told) return;
    const rows = [...this.querySelectorAll<HTMLElement>('tbody tr')];
    const fields = [...filter.querySelectorAll<Field>('input, select')];
    const wanted = (): Wanted => ({
      ...NOTHING,
      ...Object.fromEntries(fields.map(({ name, value }) => [name, value])),
    });

    const show = (): void => {
      const now = wanted();
      const shown = rows.filter((row) => {
        row.hidden = !matches(factsOf(row), now);
        return !row.hidden;
      });
      none.hidden = shown.length > 0;
      told.textContent = `${shown.length} of ${rows.length} codes`;
    };
    const keep = (): void => {
      const chosen = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value !== '')).toString();
      history.replaceState(null, '', (chosen === '' ? location.pathname : `?${chosen}`) + location.hash);
    };

    const asked = new URLSearchParams(location.search);
    for (const field of fields) field.value = asked.get(field.name) ?? field.value;
    filter.addEventListener('input', () => {
      show();
      keep();
    });
    filter.addEventListener('keydown', ({ key, target }) => {
      if (key !== 'Enter' || !(target instanceof HTMLInputElement)) return;
      // Enter goes to the only row that is left.
      const left = rows.filter((row) => !row.hidden);
      if (left.length === 1) left[0]?.querySelector('a')?.click();
    });
    none.querySelector('button')?.addEventListener('click', () => {
      for (const field of fields) field.value = '';
      show();
      keep();
      fields[0]?.focus();
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
