import { signal, type ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Playground } from '../store.ts';
import { createEditing } from './editing.ts';
import { ScenarioPane } from './scenario-pane.tsx';
import { ScenarioTabs } from './scenario-tabs.tsx';

/** What a free playground has besides a guide's. */
export interface FreeParts {
  /** What the left side shows. */
  readonly pane: ReadonlySignal<'code' | 'scenario'>;
  readonly Tabs: ComponentType;
  readonly Pane: ComponentType;
  /** Takes over what the reader typed into the scenario before any of this was alive. */
  readonly write: (yaml: string) => Promise<void>;
}

/** @param yaml the text of the page's own scenario */
export function createFree(playground: Playground, yaml: string): FreeParts {
  const pane = signal<'code' | 'scenario'>('code');
  const editing = createEditing(playground, yaml);
  return {
    pane,
    Tabs: () => <ScenarioTabs playground={playground} pane={pane} />,
    Pane: () => <ScenarioPane playground={playground} editing={editing} pane={pane} />,
    write: editing.edit,
  };
}
