import type { Field } from './fields.ts';
import type { Store } from './incident-store.ts';
import type { StepView } from './step-view.ts';

/** How the last thing that was done is taken back. */
export interface Undo {
  readonly act: () => void;
  /** What to say then. */
  readonly words: string;
  /** Where the keyboard goes then: the Undo button is gone. */
  readonly focus: Element | null;
}

/** A list on the page, for the parts of its code that load when a reader reaches for them. */
export interface Host extends HTMLElement {
  readonly listId: string;
  /** The reader's own incidents, or in practice what stands in their place. */
  store: Store;
  readonly views: readonly StepView[];
  readonly fields: readonly Field[];
  /** Draws what the store has, and lets everybody know by an event `shown`. */
  readonly show: () => void;
  /** Says it in the status line, with an Undo button beside it when there is something to undo. */
  readonly say: (words: string, undo?: Undo) => void;
}

/** The place under the buttons for what is open now. */
export const panelOf = (host: Host): HTMLElement | null => host.querySelector('.checklist-panel');

/** A button for a panel. */
export function panelButton(words: string, act: () => void, name = words): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words;
  if (name !== words) button.ariaLabel = name;
  button.addEventListener('click', act);
  return button;
}
