import { signal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { builtHtml } from './built-html.ts';
import type { EvidenceTools } from './evidence-parts.ts';
import type { takeOver } from './take-over.ts';

/**
 * The tools of the views. A page is built with them; in the browser they are loaded when the reader reaches for a view, or
 * when a run needs them.
 */
export const live = signal<EvidenceTools | null>(null);

/** One for all that is done meanwhile, which keeps its order: of two imports the second may be there first. */
let coming: Promise<{ readonly takeOver: typeof takeOver }> | undefined;

const load = (event?: Event): void => {
  if (live.peek()) return;
  // Rows and tabs would walk; until they can, nothing else may come of these keys.
  if (
    event instanceof KeyboardEvent &&
    event.target instanceof HTMLButtonElement &&
    /^(?:Arrow|Home|End)/.test(event.key)
  )
    event.preventDefault();
  const box = event?.currentTarget;
  coming ??= import('./take-over.ts');
  coming.then(
    (part) => part.takeOver(live, event, box),
    () => {
      coming = undefined;
    },
  );
};

/** Loads the tools for a run that needs them. */
export const needTools = (): void => load();

/** Handlers for a box around views: they load the tools, and have done again what the reader did before. */
export const whenUsed = {
  onPointerEnter: load,
  onFocusIn: load,
  onKeyDownCapture: load,
  onClickCapture: load,
  onChangeCapture: load,
};

/** A part of a view that stays as the page was built until the tools draw it. */
export function builtUntilLive(Tag: 'div' | 'thead', name: string, drawn: ComponentChildren): VNode {
  return drawn ? (
    <Tag key="live" class={name}>
      {drawn}
    </Tag>
  ) : (
    <Tag key="built" class={name} dangerouslySetInnerHTML={BUILT} />
  );
}

/** Hydrating leaves what is there, whatever this says. */
const BUILT = { __html: builtHtml('') };
