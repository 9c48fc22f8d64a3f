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
 * @param type of the event that called for the tools: `click`, `change`, or one that only announces use
 */
export async function takeOver(
  live: Signal<EvidenceTools | null>,
  type = '',
  target: EventTarget | null = null,
): Promise<void> {
  const done = type === 'click' || type === 'change';
  // A part that is drawn anew under a pressed button or an open list would swallow the click.
  while (!done && document.querySelector('.play :is(button:active, select:active, select:focus)')) await nextFrame();
  const focused = document.activeElement;
  const begins = live.peek() === null;
  live.value = evidenceTools;
  if (begins) followMarks();
  if (done && target instanceof Element) await again(type, target);
  else if (focused) await again('focus', focused);
}

/** Finds a built button or list in its new form, and uses it as the reader used the old one. */
async function again(type: string, target: Element): Promise<void> {
  const used = target.closest<HTMLElement>('[data-act]');
  const place = used?.closest('.play');
  if (!used || !place) return;
  for (let frame = 0; frame < PATIENCE && used.isConnected; frame++) await nextFrame();
  const drawn: HTMLElement | null = place.querySelector(`[data-act="${used.dataset['act'] ?? ''}"]`);
  // The reader may have gone on to something else meanwhile.
  const onward = document.activeElement !== document.body && document.activeElement !== drawn;
  if (!drawn || drawn === used || onward) return;
  drawn.focus();
  const lists = used instanceof HTMLSelectElement && drawn instanceof HTMLSelectElement;
  if (type === 'click' && !lists) drawn.click();
  if (type === 'change' && lists) {
    drawn.value = used.value;
    drawn.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
