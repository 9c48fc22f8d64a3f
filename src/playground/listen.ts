import type { Playground } from './store.ts';

/**
 * Hears, for a whole playground, what few readers do: buttons and `<details>` with a `data-act`, whose code is fetched when
 * they are used (actions.ts), and the keyboard shortcuts (keyboard-help.tsx lists them).
 */
export function listen(place: Element, playground: Playground): void {
  const act = (element: HTMLElement): Promise<void> =>
    playground.part(async () => {
      await (await import('./actions.ts')).act(playground, element);
    });
  const on = (type: string, hear: (target: HTMLElement, event: KeyboardEvent) => void, capture = false): void =>
    place.addEventListener(type, (event) => hear(event.target as HTMLElement, event as KeyboardEvent), capture);

  on('click', (target, event) => {
    const button = target.closest<HTMLElement>(':is(button, a)[data-act]');
    if (!button || event.ctrlKey || event.metaKey) return;
    // A button may also open its own popover by itself; only a link has somewhere else to go.
    if (button instanceof HTMLAnchorElement) event.preventDefault();
    void act(button);
  });
  on('toggle', (target) => target.matches('[data-act][open]') && void act(target), true);
  // Opened before this was there, and perhaps used already: a run waits for what was chosen in it.
  for (const details of place.querySelectorAll<HTMLElement>('[data-act][open]')) playground.settling(act(details));

  // Before the code editor, which has a meaning of its own for Ctrl+Enter.
  on(
    'keydown',
    (target, event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      // The rows of the run before go away, and would take the focus along.
      if (target.parentElement?.closest('.play-rows'))
        place.querySelector<HTMLElement>('.play-run')?.focus({ preventScroll: true });
      // A field hands over what was typed when it loses the focus.
      if (target instanceof HTMLInputElement) {
        target.blur();
        target.focus();
      }
      void (event.shiftKey ? playground.step() : playground.run());
    },
    true,
  );
  // After everything inside: Escape closes a list or a menu first.
  on('keydown', (target, event) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape' && !target.closest('[popover], dialog')) playground.stop();
    if (event.key !== '?' || target.matches('input, textarea')) return;
    const more = place.querySelector<HTMLElement>('[data-act=more]');
    if (more) void playground.part(async () => (await import('./keyboard-help.tsx')).openHelp(more));
  });
}
