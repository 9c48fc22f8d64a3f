const load = () => import('./search-dialog.ts');

/** Text fields and code editors keep their own keys. */
const EDITABLE = 'input, textarea, select, [contenteditable], [role="textbox"], .monaco-editor';

/** Opens the search on `/`, Ctrl+K or ⌘K, or through an element with `data-search`, and loads it only then. */
export function openSearchOnDemand(): void {
  const open = async (words?: string) => (await load()).openSearch(words);

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || (event.target instanceof Element && event.target.closest(EDITABLE))) return;
    const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
    const controlK = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!slash && !controlK) return;
    event.preventDefault();
    void open();
  });
  for (const opener of document.querySelectorAll<HTMLElement>('[data-search]')) {
    opener.addEventListener('click', () => void open(opener.dataset.search));
    opener.addEventListener('pointerenter', () => void load(), { once: true });
  }
}
