import { render } from 'preact';
import { DevtoolsSwitch } from './devtools-switch.tsx';
import { openHelp } from './keyboard-help.tsx';
import { countText } from './quantities.ts';
import { saveAs } from './store-sharing.ts';
import type { Playground } from './store.ts';

/** Opens the menu of a playground's rarer actions. */
export function openMenu(playground: Playground, button: HTMLButtonElement): void {
  const section = button.closest('section');
  // From the second time on, the button opens its menu by itself.
  if (!section || button.popoverTargetElement) return;
  const menu = document.createElement('div');
  menu.className = 'play-menu';
  menu.popover = 'auto';
  menu.setAttribute('role', 'group');
  menu.setAttribute('aria-label', 'More actions');
  const close = (): void => menu.hidePopover();
  let open = new AbortController();
  menu.addEventListener('beforetoggle', ({ newState }) => {
    open.abort();
    if (newState !== 'open') return;
    open = new AbortController();
    place(menu, button);
    // It follows its button: a page may still be scrolling when the menu opens, and phones resize it then.
    const follow = (): void => {
      if (isInSight(button)) place(menu, button);
      else close();
    };
    window.addEventListener('scroll', follow, { passive: true, signal: open.signal });
    window.addEventListener('resize', follow, open);
  });
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState === 'open') itemsOf(menu)[0]?.focus({ preventScroll: true });
  });
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = itemsOf(menu);
    const next = items.findIndex((item) => item === document.activeElement) + step;
    items[(next + items.length) % items.length]?.focus();
  });
  section.append(menu);
  render(<Menu playground={playground} button={button} onDone={close} />, menu);
  button.popoverTargetElement = menu;
  menu.showPopover();
}

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('button, a, input')];

function isInSight(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

/** Puts the menu above or below its button, wherever there is more room. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const up = top > window.innerHeight - bottom;
  menu.style.inset = up
    ? `auto ${window.innerWidth - right}px ${window.innerHeight - top + 4}px auto`
    : `${bottom + 4}px ${window.innerWidth - right}px auto auto`;
}

interface MenuProps {
  readonly playground: Playground;
  readonly button: HTMLElement;
  readonly onDone: () => void;
}

function Menu({ playground, button, onDone }: MenuProps) {
  const { data, result } = playground;
  const item = (label: string, act: () => void) => (
    <button
      type="button"
      onClick={() => {
        onDone();
        act();
      }}
    >
      {label}
    </button>
  );
  return (
    <>
      {result.value && result.value.exchanges.length > 0
        ? item('Export HAR', () => void playground.part(() => exportHar(playground)))
        : null}
      {data.free
        ? item(
            'Copy embed code',
            () => void playground.part(async () => (await import('./free/embed-code.ts')).copyEmbedCode(playground)),
          )
        : null}
      {item('Keyboard shortcuts', () => openHelp(button))}
      <DevtoolsSwitch playground={playground} />
    </>
  );
}

/** Saves the shown result as an HTTP archive, for the tools that read one. */
async function exportHar({ data, result, say }: Playground): Promise<void> {
  const { harFileName, harOf } = await import('./har.ts');
  const { value: run } = result;
  if (!run) return;
  const name = harFileName(data.title);
  saveAs(name, JSON.stringify(harOf(run, data.title), null, 2), 'application/json');
  say(`Saved ${name}: ${countText(run.exchanges.length, 'exchange')}. Times in it are simulated.`);
}
