import { useSignal } from '@preact/signals';
import { useEffect, useRef, type MutableRef } from 'preact/hooks';
import type { Playground } from '../store.ts';
import type { YamlEditorHandle } from '../yaml-editor.ts';
import type { ScenarioEditing } from './editing.ts';

/** What others ask of the editor of a scenario. */
export interface ScenarioSourceHandle {
  /** Puts the caret at a place, from 1. */
  readonly reveal: (line: number, column: number) => void;
}

interface SourceProps {
  readonly playground: Playground;
  readonly editing: ScenarioEditing;
  readonly shown: boolean;
  readonly handle: MutableRef<ScenarioSourceHandle | null>;
}

/**
 * The text of the scenario. A text area from the first moment; Monaco takes its place once the reader has focused it. On
 * touch, and when Monaco cannot be loaded, the text area is the editor.
 */
export function ScenarioSource({ playground, editing, shown, handle }: SourceProps) {
  const { data } = playground;
  const editor = useSignal<'area' | 'loading' | 'monaco' | 'failed'>('area');
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const monaco = useRef<YamlEditorHandle | null>(null);
  const hintId = `${data.id}-scenario-hint`;
  const edit = (text: string): void => void playground.part(() => editing.edit(text));

  const open = (): void => {
    if (editor.peek() !== 'area' || matchMedia('(pointer: coarse)').matches) return;
    editor.value = 'loading';
    import('./open-scenario-editor.ts')
      .then(async ({ openScenarioEditor }) => {
        const { current: like } = area;
        const { current: parent } = host;
        if (!like || !parent) return;
        monaco.current = await openScenarioEditor({ like, parent, describedBy: hintId, onEdit: edit });
        editor.value = 'monaco';
      })
      .catch(() => {
        editor.value = 'failed';
      });
  };

  useEffect(() => () => monaco.current?.dispose(), []);
  useEffect(() => monaco.current?.replace(editing.text.peek()), [editing.replaced.value]);
  handle.current = {
    reveal: (line, column) => {
      if (monaco.current) monaco.current.reveal(line, column);
      else if (area.current) revealIn(area.current, line, column);
    },
  };
  return (
    <div class="free-source" data-editor={editor.value}>
      <textarea
        ref={area}
        aria-label="Scenario editor"
        aria-describedby={hintId}
        aria-invalid={editing.problems.value.length > 0}
        hidden={editor.value === 'monaco'}
        readOnly={typeof document === 'undefined'}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        wrap="off"
        value={editing.text.value}
        onFocus={open}
        onInput={({ currentTarget }) => edit(currentTarget.value)}
      />
      <div class="free-monaco" ref={host} hidden={editor.value !== 'monaco' || !shown} />
      <p class="play-hint" id={hintId} data-needs-script>
        {HINTS[editor.value]}
      </p>
    </div>
  );
}

const HINTS = {
  area: 'YAML. It follows the controls above, and they follow it.',
  loading: 'Loading the editor. You can type already.',
  monaco: 'YAML. Ctrl+Space proposes fields, gateways and faults. Tab leaves the editor.',
  failed: 'YAML. The large editor could not be loaded. This plain one works too.',
} as const;

function revealIn(area: HTMLTextAreaElement, line: number, column: number): void {
  const start = area.value
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start + column - 1, start + column - 1);
  area.scrollTop = (line - 3) * Number.parseFloat(getComputedStyle(area).lineHeight);
}
