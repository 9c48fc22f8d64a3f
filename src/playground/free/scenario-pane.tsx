import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { fileDrop } from './file-drop.ts';
import type { ScenarioEditing } from './editing.ts';
import { ScenarioChooser } from './scenario-chooser.tsx';
import { ScenarioSource, type ScenarioSourceHandle } from './scenario-source.tsx';
import type { Playground } from '../store.ts';

export interface PaneProps {
  readonly playground: Playground;
  readonly editing: ScenarioEditing;
  readonly pane: Signal<'code' | 'scenario'>;
}

/** The scenario: choose one of the site's, write one, bring a file, take it along. */
export function ScenarioPane({ playground, editing, pane }: PaneProps) {
  const { data, scenario } = playground;
  const input = useRef<HTMLInputElement>(null);
  const source = useRef<ScenarioSourceHandle>(null);
  const dropping = useSignal(false);
  const shown = useSignal(false);
  useSignalEffect(() => {
    if (pane.value === 'scenario') shown.value = true;
  });

  const take = (file: File | undefined): void => {
    if (!file) return;
    void playground.part(async () => (await import('./take-file.ts')).takeFile(playground, editing, file));
  };
  const problems = editing.problems.value;
  return (
    <div
      class="free-pane"
      role="tabpanel"
      aria-label="Scenario"
      data-dropping={dropping.value ? '' : undefined}
      {...fileDrop(dropping, take)}
    >
      <ScenarioChooser playground={playground} editing={editing} ready={shown.value} />
      <p class="free-summary">{scenario.value.summary}</p>
      <ScenarioSource handle={source} playground={playground} editing={editing} shown={pane.value === 'scenario'} />
      <div class="free-problems" role="region" aria-label="Mistakes in the scenario" aria-live="polite">
        {problems.length === 0 ? null : (
          <ul>
            {problems.slice(0, MOST_PROBLEMS).map(({ message, line, column }) => (
              <li key={`${line}:${column} ${message}`}>
                <button type="button" class="play-link" onClick={() => source.current?.reveal(line, column)}>
                  Line {line}
                </button>
                : {message}
              </li>
            ))}
            {problems.length > MOST_PROBLEMS ? <li>And {problems.length - MOST_PROBLEMS} more.</li> : null}
          </ul>
        )}
      </div>
      <div class="free-actions" data-needs-script>
        <button type="button" onClick={() => input.current?.click()}>
          Import a file
        </button>
        <button
          type="button"
          onClick={() =>
            void playground.part(async () =>
              (await import('../store-sharing.ts')).saveAs(fileName(playground), editing.text.peek(), 'text/yaml'),
            )
          }
        >
          Download scenario
        </button>
        <button
          type="button"
          disabled={!playground.scenarioEdited.value}
          onClick={() => void playground.part(() => editing.choose(data.scenarioId))}
        >
          Reset scenario
        </button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="Scenario file"
          accept=".yaml,.yml,.json,application/json,application/yaml,text/yaml"
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
    </div>
  );
}

/** More mistakes than this are counted, not listed. */
const MOST_PROBLEMS = 8;

const fileName = ({ scenarioId }: Playground): string => `${scenarioId.peek() ?? 'my-scenario'}.yaml`;
