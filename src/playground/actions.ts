import { openMenu } from './more-menu.tsx';
import type { Playground } from './store.ts';
import { download, freeUrl, share } from './store-sharing.ts';

type Act = (playground: Playground, element: HTMLElement) => void | Promise<void>;

/** What buttons, links and `<details>` do, by their `data-act`. */
const ACTS: Readonly<Record<string, Act>> = {
  share,
  download,
  free: async (playground) => {
    const url = await freeUrl(playground);
    // From inside another site's frame it opens beside that site.
    if (playground.data.free) window.open(url, '_blank', 'noopener');
    else location.assign(url);
  },
  more: (playground, button) => openMenu(playground, button as HTMLButtonElement),
  change: (playground, details) =>
    fill(details, async (place) => (await import('./controls.tsx')).mount(playground, place)),
  'what-if': (playground, details) =>
    fill(details, async (place) => (await import('./what-if.tsx')).mount(playground, place)),
};

/** Does what a button, or a `<details>` that was just opened, is for. */
export const act: Act = (playground, element) => ACTS[element.dataset['act'] ?? '']?.(playground, element);

/** Draws the content of a `<details>`, once; also over what the page was built with. */
async function fill(details: HTMLElement, draw: (place: HTMLElement) => Promise<void>): Promise<void> {
  const place = details.querySelector<HTMLElement>('summary + div');
  if (!place || (place.childElementCount > 0 && place.dataset['built'] === undefined)) return;
  await draw(place);
  delete place.dataset['built'];
}
