import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { loadChoices, type Choices, type ScenarioChoice } from '../choices.ts';
import type { Playground } from '../store.ts';
import type { ScenarioEditing } from './editing.ts';

interface ChooserProps {
  readonly playground: Playground;
  readonly editing: ScenarioEditing;
  /** The reader has seen the scenario: then the list is worth loading. */
  readonly ready: boolean;
}

/** Chooses one of the site's scenarios, by the gateway that they stand behind. */
export function ScenarioChooser({ playground, editing, ready }: ChooserProps) {
  const { data, scenario, source } = playground;
  const choices = useSignal<Choices | null>(null);
  useEffect(() => {
    if (!ready) return;
    void playground.part(async () => {
      choices.value = await loadChoices();
    });
  }, [ready]);

  const id = 'id' in source.value ? source.value.id : null;
  const changed = id === null ? 'Your own' : source.value.adjust ? ', changed' : '';
  const list: readonly ScenarioChoice[] = choices.value?.scenarios ?? [];
  return (
    <label class="play-field free-choose" for={`${data.id}-scenario`}>
      <span>Scenario</span>
      <select
        id={`${data.id}-scenario`}
        value={source.value.adjust || id === null ? '' : id}
        data-needs-script
        onChange={({ currentTarget }) => {
          const { value } = currentTarget;
          if (value !== '') void playground.part(() => editing.choose(value));
        }}
      >
        {id === null ? <option value="">Your own: {scenario.value.title}</option> : null}
        {id !== null && source.value.adjust ? (
          <option value="">
            {scenario.value.title}
            {changed}
          </option>
        ) : null}
        {list.length === 0 && id !== null && !source.value.adjust ? (
          <option value={id}>{scenario.value.title}</option>
        ) : null}
        {groups(list).map(([gateway, scenarios]) => (
          <optgroup key={gateway} label={`Behind ${gateway}`}>
            {scenarios.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

const groups = (scenarios: readonly ScenarioChoice[]): [string, ScenarioChoice[]][] => [
  ...Map.groupBy(scenarios, ({ gateway }) => gateway.split('@')[0] ?? ''),
];
