import type { Playground } from './store.ts';

/** Keyboard shortcuts that work wherever the focus is inside a playground; keyboard-help.tsx lists them. */
export function listenForShortcuts(place: Element, playground: Playground): void {
  const listen = (take: (event: KeyboardEvent) => void, capture: boolean): void =>
    place.addEventListener('keydown', (event) => take(event as KeyboardEvent), capture);

  // Before the code editor, which has a meaning of its own for Ctrl+Enter.
  listen((event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void (event.shiftKey ? playground.step() : playground.run());
  }, true);

  // After everything inside: Escape closes a list or a menu first.
  listen((event) => {
    const target = event.target as Element;
    if (event.defaultPrevented) return;
    if (event.key === 'Escape' && !target.closest('[popover], dialog')) playground.stop();
    if (event.key !== '?' || target.matches('input, textarea')) return;
    const section = target.closest('section');
    if (section) void playground.part(async () => (await import('./keyboard-help.tsx')).openHelp(section));
  }, false);
}
