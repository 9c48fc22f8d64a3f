import { createHost } from '../sandbox/host.ts';

const UNREACHABLE = 'What runs programs could not be loaded. Check your connection, then press Run again.';

/**
 * All that a page with playgrounds loads before its reader reaches for one: waits for the first sign of intent, fetches the
 * rest, and hands over the clicks and shortcuts that came before it. Keep it tiny; it counts against the budget of every page.
 * What speaks with the sandbox is the one larger piece in it (2.6 kB), so that the first Run waits for less.
 */
class PlayGround extends HTMLElement {
  connectedCallback(): void {
    // The reader's own size of code, as editor-preferences.ts keeps it.
    const scale = /"scale":([\d.]+)/.exec(stored('play-editor') ?? '')?.[1];
    if (scale) document.documentElement.style.setProperty('--play-code-scale', scale);
    for (const area of this.querySelectorAll('textarea')) area.readOnly = false;
    const signs = ['pointerenter', 'pointerdown', 'focusin', 'keydown', 'change', 'click'];
    let waking: Promise<unknown> | undefined;
    /** What the reader does before the code for it is here, to be done then. */
    const early: (() => void)[] = [];

    const hasDraft = (): boolean => stored(`play:${location.pathname}#${this.dataset['id'] ?? ''}`) !== null;
    const keep = (event: Event, act: () => void): void => {
      // Some of that code may be here already, and would do it twice.
      event.stopPropagation();
      early.push(act);
    };
    const notice = (event?: Event): void => {
      if (event?.type === 'click') {
        const target = (event.target as Element).closest<HTMLElement>('button, tr, a[data-act]');
        if (target) keep(event, () => target.click());
        if (target instanceof HTMLAnchorElement) event.preventDefault();
      }
      if (event instanceof KeyboardEvent) {
        const { key, target, ctrlKey, metaKey } = event;
        if (target instanceof HTMLButtonElement || (key === 'Enter' && (ctrlKey || metaKey))) {
          keep(event, () => target?.dispatchEvent(new KeyboardEvent('keydown', event)));
          if (/^(?:Arrow|Home|End)/.test(key)) event.preventDefault();
        }
      }
      if (event?.type === 'change') keep(event, () => event.target?.dispatchEvent(new Event('change', event)));
      waking ??= import('./hydrate.tsx')
        .then(({ wake }) => wake(this, hasDraft(), createHost))
        .then(
          () => {
            for (const sign of signs) this.removeEventListener(sign, notice, true);
            for (const act of early) act();
          },
          () => {
            waking = undefined;
            early.length = 0;
            const status = this.querySelector('[role=status]');
            if (status) status.textContent = UNREACHABLE;
          },
        );
    };
    for (const sign of signs) this.addEventListener(sign, notice, true);

    const carriesShare = (): boolean => location.hash.startsWith('#play=');
    window.addEventListener('hashchange', () => carriesShare() && notice());
    if (carriesShare() || hasDraft()) notice();
  }

  disconnectedCallback(): void {
    // An element that is moved is gone for a moment only.
    queueMicrotask(() => this.isConnected || this.dispatchEvent(new Event('gone')));
  }
}

/** What the browser keeps under a key; null where it keeps nothing. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

customElements.define('play-ground', PlayGround);
