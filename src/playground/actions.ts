import { openMenu } from './more-menu.tsx';
import type { Playground } from './store.ts';
import { download, share } from './store-sharing.ts';

type Act = (playground: Playground, element: HTMLElement) => void | Promise<void>;

/** What buttons and `<details>` do, by their `data-act`. */
const ACTS: Readonly<Record<string, Act>> = {
  share,
  download,
  more: (playground, button) => openMenu(playground, button as HTMLButtonElement),
  change: (playground, details) =>
    fill(details, async (place) => (await import('./controls.tsx')).mount(playground, place)),
  'what-if': (playground, details) =>
    fill(details, async (place) => (await import('./what-if.tsx')).mount(playground, place)),
};

/** Does what a button, or a `<details>` that was just opened, is for. */
export const act: Act = (playground, element) => ACTS[element.dataset['act'] ?? '']?.(playground, element);

/** Draws the content of a `<details>`, once. */
async function fill(details: HTMLElement, draw: (place: HTMLElement) => Promise<void>): Promise<void> {
  const place = details.querySelector<HTMLElement>('summary + div');
  if (place?.childElementCount === 0) await draw(place);
}
