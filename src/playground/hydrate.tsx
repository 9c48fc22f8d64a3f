import { effect } from '@preact/signals';
import { hydrate, render } from 'preact';
import type { createHost, SandboxHost } from '../sandbox/host.ts';
import { builtHtml } from './built-html.ts';
import { draftKey, readDraft } from './draft.ts';
import { restingDetail } from './lazy-detail.tsx';
import { listen } from './listen.ts';
import type { PlaygroundData, PlaygroundSource } from './playground-data.ts';
import { PlaygroundView } from './playground-view.tsx';
import { warmKit } from './run-parts.ts';
import { createPlayground } from './store.ts';

const hosts = new Map<string, SandboxHost>();
/** One sandbox for all playgrounds of the page whose gateway is the same. */
function sharedHost(guestUrl: string, create: typeof createHost): SandboxHost {
  const host = hosts.get(guestUrl) ?? create(guestUrl);
  hosts.set(guestUrl, host);
  return host;
}

/**
 * Brings the static HTML of one `<play-ground>` to life, then restores what the reader or a link left for it.
 * @param hasDraft whether the reader left something
 * @param create makes a sandbox; the page has its code already
 */
export async function wake(element: HTMLElement, hasDraft: boolean, create: typeof createHost): Promise<void> {
  const mount = element.querySelector('.play-mount');
  const json = element.querySelector('script[type="application/json"]')?.textContent;
  if (!mount || !json) return;
  const data = JSON.parse(json) as PlaygroundData;
  // From here to hydrating is one turn: what the reader types meanwhile would be in the page and nowhere else.
  const freeParts = data.free && (await import('./free/free-parts.tsx'));
  const areas = [...mount.querySelectorAll<HTMLTextAreaElement>('.play-file textarea')];
  const sources: PlaygroundSource[] = areas.map((area) => ({
    code: area.defaultValue,
    html: builtHtml(area.parentElement?.querySelector('.play-static')?.innerHTML ?? ''),
  }));
  const typed = areas.map(({ value, selectionStart, selectionEnd }) => ({ value, selectionStart, selectionEnd }));
  const originals = sources.map(({ code }) => code);
  // Before what was typed meanwhile takes its place.
  const draft = hasDraft ? readDraft(draftKey(location.pathname, data.id)) : null;
  const hostOf = (guestUrl: string): SandboxHost => sharedHost(guestUrl, create);
  const playground = createPlayground(data, originals, hostOf);
  const checked = mount.querySelector<HTMLInputElement>('.play-time input:checked');
  if (checked?.value === 'fast' || checked?.value === 'real') playground.keepTime(checked.value);
  const Detail = restingDetail(
    builtHtml(mount.querySelector('.play-detail')?.innerHTML ?? ''),
    playground.chosen.peek(),
  );
  listen(mount, playground);
  element.addEventListener('gone', () => render(null, mount), { once: true });
  const free = data.free && freeParts?.createFree(playground, data.free.yaml);
  const controls = data.free && { html: builtHtml(mount.querySelector('.play-change-place')?.innerHTML ?? '') };
  const yaml = mount.querySelector<HTMLTextAreaElement>('.free-source textarea')?.value;
  hydrate(
    <PlaygroundView playground={playground} sources={sources} Detail={Detail} free={free} controls={controls} />,
    mount,
  );
  const noticePlace = mount.querySelector('.play-notice-place');
  effect(() => {
    if (!playground.notice.value || !noticePlace) return;
    void playground.part(async () => (await import('./notice-line.tsx')).mount(playground, noticePlace));
  });
  // Hydrating expects the page as it was built; what the reader typed meanwhile comes after it.
  areas.forEach((area, index) => {
    const { value = '', selectionStart = 0, selectionEnd = 0 } = typed[index] ?? {};
    if (value === originals[index]) return;
    area.value = value;
    area.setSelectionRange(selectionStart, selectionEnd);
    playground.edit(value, index);
  });
  // What was open already has been emptied.
  for (const open of mount.querySelectorAll('.play-value[open]')) open.dispatchEvent(new Event('toggle'));
  if (free && yaml !== undefined && yaml !== data.free.yaml) await playground.part(() => free.write(yaml));

  hostOf(data.guestUrl).warm();
  warmKit(data.kitUrl);
  const openAddress = (): Promise<void> =>
    playground.part(async () => (await import('./arrivals.ts')).openAddress(playground, element));
  if (draft) await playground.part(async () => (await import('./arrivals.ts')).restoreDraft(playground, draft));
  if (carriesShare()) await openAddress();
  window.addEventListener('hashchange', () => void (carriesShare() && openAddress()));
}

const carriesShare = (): boolean => location.hash.startsWith('#play=');
