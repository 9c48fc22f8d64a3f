/** Where the reader's choice is kept; Starlight's own key, so that a choice made before stays. */
const STORAGE_KEY = 'starlight-theme';

/** Lets every theme select on the page show and change the theme, and follows the system while none is chosen. */
export function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const selects = [...document.querySelectorAll<HTMLSelectElement>('[data-theme-select]')];
  let choice = stored();

  const apply = () => {
    document.documentElement.dataset.theme = choice || (system.matches ? 'dark' : 'light');
    for (const select of selects) select.value = choice;
  };
  for (const select of selects) {
    select.addEventListener('change', () => {
      choice = select.value;
      store(choice);
      apply();
    });
  }
  system.addEventListener('change', apply);
  apply();
}

function stored(): string {
  try {
    const value = document.documentElement.dataset['embed'] ?? localStorage.getItem(STORAGE_KEY);
    return value === 'light' || value === 'dark' ? value : '';
  } catch {
    return '';
  }
}

function store(choice: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Storage is refused in some private windows: the choice lasts as long as the page.
  }
}
