const UNREACHABLE = 'What diagnoses could not be loaded. Check your connection, then try again.';

/**
 * `<lab-doctor>`: all that the page loads before its reader reaches for it. It fetches the rest at the first sign of
 * intent, and hands over the clicks that came before it.
 */
class LabDoctor extends HTMLElement {
  connectedCallback(): void {
    const signs = ['pointerenter', 'pointerdown', 'focusin', 'keydown', 'dragenter', 'click'];
    const early: (() => void)[] = [];
    let waking: Promise<unknown> | undefined;
    const notice = (event?: Event): void => {
      const button = event?.type === 'click' && event.target instanceof Element && event.target.closest('button');
      if (button) {
        event.stopPropagation();
        early.push(() => button.click());
      }
      waking ??= import('./wake.tsx')
        .then(({ wake }) => wake(this))
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
    if (location.hash.startsWith('#doctor=') || hasDraft()) notice();
    addEventListener('hashchange', () => location.hash.startsWith('#doctor=') && notice());
  }
}

function hasDraft(): boolean {
  try {
    return localStorage.getItem('doctor:draft') !== null;
  } catch {
    return false;
  }
}

customElements.define('lab-doctor', LabDoctor);
