import { signal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { builtHtml } from './built-html.ts';
import type { EvidenceTools } from './evidence-parts.ts';

/**
 * The tools of the views. A page is built with them; in the browser they are loaded when the reader reaches for a view, or
 * when a run needs them.
 */
export const live = signal<EvidenceTools | null>(null);

const load = (type?: string, target?: EventTarget | null): void => {
  if (!live.peek()) void import('./take-over.ts').then(({ takeOver }) => takeOver(live, type, target));
};

/** Loads the tools for a run that needs them. */
export const needTools = (): void => load();

const wake = ({ type, target }: Event): void => load(type, target);

/** Handlers for a box around views: they load the tools, and have done again what the reader did before. */
export const whenUsed = { onPointerEnter: wake, onFocusIn: wake, onClickCapture: wake, onChangeCapture: wake };

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
