import type { Signal } from '@preact/signals';
import type { EvidenceTools } from './evidence-parts.ts';
import { evidenceTools } from './evidence-tools.ts';
import { followMarks } from './row-marks.ts';

const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Frames after which nobody waits any longer for a part to be drawn. */
const PATIENCE = 300;

/**
 * Lets the tools draw what the page was built with, and does again what the reader did to the built parts meanwhile.
 * @param live where the views look for the tools
 * @param event what called for the tools: a click, a change, a key that walks (evidence-live.tsx has prevented what else it
 *   does), or one that only announces use
 * @param box what listened for it
 */
export async function takeOver(
  live: Signal<EvidenceTools | null>,
  event?: Event,
  box: EventTarget | null = null,
): Promise<void> {
  const { type = '', target = null } = event ?? {};
  const walks = event instanceof KeyboardEvent && event.defaultPrevented;
  const done = walks || type === 'click' || type === 'change';
  // A part that is drawn anew under a pressed button or an open list would swallow the click.
  while (!done && document.querySelector('.play :is(button:active, select:active, select:focus)')) await nextFrame();
  const focused = document.activeElement;
  const begins = live.peek() === null;
  live.value = evidenceTools;
  if (begins) followMarks();
  if (walks) await walkAgain(event, box);
  else if (done && target instanceof Element) await again(type, target, box);
  else if (focused) await again('focus', focused, focused);
}

/** What is built without a name of its own, in the same order each time. */
const UNNAMED = '.play-detail :is(summary, pre, [role=tabpanel])';

/** Waits until a built part has been drawn anew. @returns what it is now */
async function redrawn(used: HTMLElement, box: EventTarget | null): Promise<HTMLElement | null> {
  const place = box instanceof Element ? box.closest('.play') : null;
  if (!place) return null;
  const named = used.dataset['act'];
  const find = (): HTMLElement[] => [
    ...place.querySelectorAll<HTMLElement>(named === undefined ? UNNAMED : `[data-act="${named}"]`),
  ];
  // What has a name may have been drawn already.
  const at = Math.max(find().indexOf(used), named === undefined ? -1 : 0);
  // One frame in any case: what was used before takes its turn before.
  for (let frame = 0; frame < PATIENCE && (frame === 0 || used.isConnected); frame++) await nextFrame();
  const drawn = find()[at];
  return drawn && drawn !== used ? drawn : null;
}

/** Whether the reader has not gone on to something else meanwhile, which keeps the focus. */
function isWanted({ parentElement }: HTMLElement): boolean {
  const { activeElement } = document;
  return activeElement === document.body || parentElement?.contains(activeElement) === true;
}

/** Finds a built part in its new form, and uses it as the reader used the old one. */
async function again(type: string, target: Element, box: EventTarget | null): Promise<void> {
  const used = target.closest<HTMLElement>(`[data-act], ${UNNAMED}`);
  const drawn = used && (await redrawn(used, box));
  if (!drawn) return;
  if (isWanted(drawn)) drawn.focus();
  const lists = used instanceof HTMLSelectElement && drawn instanceof HTMLSelectElement;
  if (type === 'click' && !lists) drawn.click();
  if (type === 'change' && lists) {
    drawn.value = used.value;
    drawn.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** Gives a key to the tab that is drawn now, or to the row, which stays the same and has only learned to walk. */
async function walkAgain(event: KeyboardEvent, box: EventTarget | null): Promise<void> {
  const used = event.target as HTMLElement;
  const isRow = used.dataset['act'] === undefined;
  if (isRow) await nextFrame();
  const place = isRow ? used : await redrawn(used, box);
  if (!place || !(isRow || isWanted(place))) return;
  if (!place.parentElement?.contains(document.activeElement)) place.focus();
  place.dispatchEvent(new KeyboardEvent(event.type, event));
}
