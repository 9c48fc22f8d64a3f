import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { adjustmentsOf, type Adjustments } from './adjust.ts';
import { answers, loadChoices, type Choices } from './choices.ts';
import { earlyChanges, earlySearch } from './early-changes.ts';
import { FaultField } from './controls-fault.tsx';
import { GatewayField } from './controls-gateway.tsx';
import type { Playground } from './store.ts';

/** Draws the controls of what fails into a place of the page. Throws a sentence when the choices cannot be loaded. */
export async function mount(playground: Playground, place: HTMLElement): Promise<void> {
  const choices = await loadChoices();
  const early = earlyChanges(place, (fault) => choices.faults.some(({ id }) => id === fault));
  const searched = early.fault === undefined ? earlySearch(place) : undefined;
  render(<Controls playground={playground} choices={choices} />, place);
  searched?.(place);
  // Not waited for: it takes its turn after whatever waits for these controls.
  if (Object.keys(early).length > 0) void playground.adjust(early);
}

interface ControlsProps {
  readonly playground: Playground;
  readonly choices: Choices;
}

/** What answers and what breaks, for a reader to change. Each change counts from the next run on. */
export function Controls({ playground, choices }: ControlsProps) {
  const { data, scenario, adjusted } = playground;
  const change = (adjustments: Adjustments): void => void playground.adjust(adjustments);
  const { gateway, fault, failFirst, failureRate, seed } = adjustmentsOf(scenario.value);
  const answered = answers(choices, gateway, fault);
  return (
    <div class="play-controls" role="group" aria-label="What fails">
      <GatewayField
        id={`${data.id}-gateway`}
        label="Gateway"
        choices={choices}
        gateway={gateway}
        onChoose={(id) => change({ gateway: id })}
      />
      <FaultField
        id={`${data.id}-fault`}
        label="Fault"
        choices={choices}
        gateway={gateway}
        fault={fault}
        onChoose={(id) => change({ fault: id })}
      />
      <Count
        label="Fail first"
        hint={failFirst === null ? 'requests; empty: no limit' : failFirst === 1 ? 'request' : 'requests'}
        value={failFirst}
        onChange={(count) => change({ failFirst: count })}
      />
      <Rate
        share={failureRate ?? (failFirst === null ? 1 : 0)}
        of={failFirst === null ? 'of all requests' : 'of those that follow'}
        // What changes nothing is no rule.
        onChange={(share) => change({ failureRate: share === (failFirst === null ? 1 : 0) ? null : share })}
      />
      <Count
        label="Seed"
        hint="the same seed, the same run"
        value={seed}
        onChange={(next) => change({ seed: next ?? data.scenario.seed })}
      />
      <p class="play-controls-note">
        {answered ? null : (
          <b>
            {choices.gateways.find(({ id }) => id === gateway.split('@')[0])?.title ?? gateway} has no answer to {fault}
            . Choose another fault or another gateway.{' '}
          </b>
        )}
        {adjusted.value ? (
          <button type="button" class="play-link" onClick={() => void playground.adjust(null)}>
            Undo these changes
          </button>
        ) : (
          'Changes count from the next Run on.'
        )}
      </p>
    </div>
  );
}

interface CountProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A whole number from 0 on, or nothing. */
function Count({ label, hint, value, onChange }: CountProps) {
  return (
    <label class="play-field">
      <span>{label}</span>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={999_999}
        step={1}
        value={value ?? ''}
        onChange={({ currentTarget: input }) => {
          if (input.validity.valid) onChange(input.value === '' ? null : input.valueAsNumber);
          else input.value = value === null ? '' : String(value);
        }}
      />
      <small>{hint}</small>
    </label>
  );
}

interface RateProps {
  /** 0 to 1. */
  readonly share: number;
  readonly of: string;
  readonly onChange: (share: number) => void;
}

function Rate({ share, of, onChange }: RateProps) {
  const dragged = useSignal<number | null>(null);
  const percent = dragged.value ?? Math.round(share * 100);
  return (
    <label class="play-field">
      <span>Failure rate</span>
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        value={percent}
        aria-valuetext={`${percent} % ${of}`}
        onInput={({ currentTarget: input }) => {
          dragged.value = input.valueAsNumber;
        }}
        onChange={({ currentTarget: input }) => {
          dragged.value = null;
          onChange(input.valueAsNumber / 100);
        }}
      />
      <small>
        {percent} % {of}
      </small>
    </label>
  );
}
