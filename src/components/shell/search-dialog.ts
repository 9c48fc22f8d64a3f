import css from './search-dialog.css?inline';
import { find, openIndex, type PageHit, type SearchHit } from './search-index.ts';

const HINT = 'Type a status code, an error message or a word: 502, ECONNRESET, retry.';
const NO_INDEX = 'The search index is made by the build: it works in the built site, not in the development server.';

let dialog: SearchDialog | undefined;

/** Shows the search, with these words in its field if there are any. */
export function openSearch(words = ''): void {
  dialog ??= createDialog();
  dialog.show(words);
}

interface SearchDialog {
  show(words: string): void;
}

function createDialog(): SearchDialog {
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  document.adoptedStyleSheets.push(styles);

  const input = element('input', { type: 'search', placeholder: 'Search', ariaLabel: 'Search', autocomplete: 'off' });
  const close = element('button', { type: 'button', textContent: 'Close' });
  const status = element('p', { className: 'search-status', role: 'status', textContent: HINT });
  const list = element('ol', { className: 'search-results' });
  const root = element('dialog', { className: 'search-dialog', ariaLabel: 'Search' });
  const bar = element('div', { className: 'search-bar' });
  bar.append(input, close);
  root.append(bar, status, list);
  document.body.append(root);

  const search = async () => {
    const words = input.value.trim();
    if (!words) {
      list.replaceChildren();
      status.textContent = HINT;
      return;
    }
    try {
      const result = await find(words);
      if (!result || input.value.trim() !== words) return;
      list.replaceChildren(...result.pages.map(pageItem));
      status.textContent = sentence(words, result.total, result.pages.length);
    } catch {
      status.textContent = import.meta.env.DEV
        ? NO_INDEX
        : 'The search index did not load. Check the connection and try again.';
    }
  };

  input.addEventListener('input', () => void search());
  close.addEventListener('click', () => root.close());
  root.addEventListener('click', (event) => {
    const onBackdrop = event.target === root;
    const onLink = event.target instanceof Element && event.target.closest('a');
    if (onBackdrop || onLink) root.close();
  });
  root.addEventListener('keydown', (event) => onKey(event, input, list));

  return {
    show(words) {
      void openIndex().catch(() => undefined);
      if (!root.open) root.showModal();
      if (words) input.value = words;
      input.select();
      void search();
    },
  };
}

/** Arrow keys walk through field and results, Enter in the field opens the first result, Escape closes. */
function onKey(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  if (event.key === 'Escape') {
    // A search field would first be emptied, and only a second press would close the dialog.
    event.preventDefault();
    input.closest('dialog')?.close();
    return;
  }
  const links = [...list.querySelectorAll('a')];
  const stops: HTMLElement[] = [input, ...links];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  const target =
    event.key === 'ArrowDown' ? stops[at + 1] : event.key === 'ArrowUp' ? stops[Math.max(0, at - 1)] : undefined;
  if (target && at >= 0) {
    event.preventDefault();
    target.focus();
  } else if (event.key === 'Enter' && at === 0) {
    event.preventDefault();
    links[0]?.click();
  }
}

function sentence(words: string, total: number, shown: number): string {
  if (total === 0) return `Nothing found for “${words}”. Try fewer words, or a status code such as 502.`;
  const pages = total === 1 ? '1 page' : `${total} pages`;
  return shown < total ? `${pages}, the best ${shown} are shown` : pages;
}

function pageItem(page: PageHit): HTMLLIElement {
  const item = element('li', {});
  item.append(...hit(page));
  if (page.sections.length > 0) {
    const sections = element('ul', {});
    for (const section of page.sections) {
      const child = element('li', {});
      child.append(...hit(section));
      sections.append(child);
    }
    item.append(sections);
  }
  return item;
}

function hit({ title, url, excerpt }: SearchHit): [HTMLAnchorElement, HTMLParagraphElement] {
  const text = element('p', {});
  text.append(...marked(excerpt));
  return [element('a', { href: url, textContent: title }), text];
}

/** Pagefind's excerpt as nodes: text, and `<mark>` around what matched. It is read as text and never becomes HTML. */
function marked(excerpt: string): (string | HTMLElement)[] {
  return excerpt
    .split(/<mark>([^<]*)<\/mark>/)
    .map((part, index) => (index % 2 === 0 ? unescaped(part) : element('mark', { textContent: unescaped(part) })));
}

/** Pagefind escapes these two and nothing else. */
const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}
