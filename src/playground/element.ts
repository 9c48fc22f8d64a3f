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
    const signs = ['pointerenter', 'pointerdown', 'focusin', 'keydown', 'click'];
    let waking: Promise<unknown> | undefined;
    const clicked: HTMLElement[] = [];

    const hasDraft = (): boolean => stored(`play:${location.pathname}#${this.dataset['id'] ?? ''}`) !== null;
    const notice = (event?: Event): void => {
      if (event?.type === 'click') {
        const target = (event.target as Element).closest<HTMLElement>('button, tr, a[data-act]');
        if (target) clicked.push(target);
        if (target instanceof HTMLAnchorElement) event.preventDefault();
      }
      if (event instanceof KeyboardEvent && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        clicked.push(...this.querySelectorAll<HTMLElement>('.play-run'));
      }
      waking ??= import('./hydrate.tsx')
        .then(({ wake }) => wake(this, hasDraft(), createHost))
        .then(
          () => {
            for (const sign of signs) this.removeEventListener(sign, notice, true);
            for (const target of clicked) target.click();
          },
          () => {
            waking = undefined;
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
