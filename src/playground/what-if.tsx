import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { useRef } from 'preact/hooks';
import type { RunResult } from '../sandbox/protocol.ts';
import type { Scenario } from '../schema/scenario.ts';
import { adjusted, adjustmentsOf } from './adjust.ts';
import { answers, loadChoices, type Choices } from './choices.ts';
import { FaultField } from './controls-fault.tsx';
import { GatewayField, gatewayName } from './controls-gateway.tsx';
import { needTools } from './evidence-live.tsx';
import { ExchangeView } from './exchange-view.tsx';
import { NetworkView } from './network-view.tsx';
import { RecordedLogView } from './recorded-log-view.tsx';
import { Action } from './run-bar.tsx';
import type { Playground } from './store.ts';
import { differencesOf } from './what-if-differences.ts';
import { runAside } from './what-if-run.ts';

/** Draws the comparison of two gateways into a place of the page. Throws a sentence when the choices cannot be loaded. */
export async function mount(playground: Playground, place: HTMLElement): Promise<void> {
  const choices = await loadChoices();
  render(<WhatIf playground={playground} choices={choices} />, place);
}

interface WhatIfProps {
  readonly playground: Playground;
  readonly choices: Choices;
}

interface Side {
  readonly name: string;
  readonly scenario: Scenario;
  readonly result: RunResult;
}

/** The same program, run through the playground's gateway and through another one, side by side. */
function WhatIf({ playground, choices }: WhatIfProps) {
  const { data, scenario } = playground;
  const here = adjustmentsOf(scenario.value);
  const chosenGateway = useSignal<string | null>(null);
  const chosenFault = useSignal<string | null>(null);
  const sides = useSignal<readonly Side[]>([]);
  const sentence = useSignal('Runs the program as it stands twice, in no time, and shows what differs.');
  const running = useSignal<AbortController | null>(null);
  const compare = useRef<HTMLButtonElement>(null);
  const fault = chosenFault.value ?? here.fault;
  const gateway = chosenGateway.value ?? otherGateway(choices, here.gateway, fault);
  const name = (id: string, broken: string): string =>
    gatewayName(choices, id) + (fault === here.fault ? '' : `, ${broken}`);

  async function run(): Promise<void> {
    const controller = new AbortController();
    running.peek()?.abort();
    running.value = controller;
    sides.value = [];
    sentence.value = 'Running both…';
    try {
      await playground.settled();
      const there = adjusted(scenario.peek(), { gateway, fault });
      const both: Side[] = [];
      for (const [title, one] of [
        [name(here.gateway, here.fault), scenario.peek()],
        [name(gateway, fault), there],
      ] as const) {
        both.push({ name: title, scenario: one, result: await runAside(playground, one, controller.signal) });
      }
      sides.value = both;
      const [a, b] = both;
      const differing = a && b ? differencesOf(a.result, b.result).filter((row) => row.here !== row.there) : [];
      sentence.value =
        differing.length === 0
          ? 'Both ran. Nothing that this table looks at differs.'
          : `Both ran. They differ in: ${differing.map(({ question }) => question.toLowerCase()).join(', ')}.`;
    } catch (error) {
      if (controller.signal.aborted) sentence.value = 'Stopped. Nothing was compared.';
      else sentence.value = error instanceof Error ? error.message : 'The comparison could not run.';
    } finally {
      if (running.peek() === controller) running.value = null;
    }
  }

  return (
    <div class="play-if-body" role="group" aria-label="What if">
      <div class="play-controls">
        <GatewayField
          id={`${data.id}-if-gateway`}
          label="Compared with"
          choices={choices}
          gateway={gateway}
          onChoose={(id) => {
            chosenGateway.value = id;
          }}
        />
        <FaultField
          id={`${data.id}-if-fault`}
          label="What breaks there"
          choices={choices}
          gateway={gateway}
          fault={fault}
          onChoose={(id) => {
            chosenFault.value = id;
          }}
        />
        <div class="play-actions">
          <button ref={compare} type="button" class="play-run" onClick={() => void run()}>
            Run both
          </button>
          <Action off={running.value === null} onClick={() => running.peek()?.abort()}>
            Stop comparing
          </Action>
        </div>
      </div>
      <p class="play-if-said" aria-live="polite">
        {sentence.value}
      </p>
      <Sides sides={sides.value} />
    </div>
  );
}

/** The first gateway that has an answer to the fault and is not this one. */
function otherGateway(choices: Choices, gateway: string, fault: string): string {
  const [own] = gateway.split('@');
  return choices.gateways.find(({ id }) => id !== own && answers(choices, id, fault))?.id ?? gateway;
}

function Sides({ sides }: { readonly sides: readonly Side[] }) {
  const [here, there] = sides;
  if (!here || !there) return null;
  return (
    <>
      <table class="play-table play-if-table" aria-label="What differs">
        <thead>
          <tr>
            <td />
            <th scope="col">{here.name}</th>
            <th scope="col">{there.name}</th>
          </tr>
        </thead>
        <tbody>
          {differencesOf(here.result, there.result).map((row) => (
            <tr key={row.question} data-differs={row.here === row.there ? undefined : ''}>
              <th scope="row">{row.question}</th>
              <td>{row.here}</td>
              <td>{row.there}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="play-if-sides">
        {sides.map((side, index) => (
          <SideView key={index} side={side} spanMs={Math.max(here.result.simulatedMs, there.result.simulatedMs, 1)} />
        ))}
      </div>
    </>
  );
}

function SideView({ side, spanMs }: { readonly side: Side; readonly spanMs: number }) {
  const { name, scenario, result } = side;
  needTools();
  const chosen = useSignal<number | null>(null);
  const exchange = result.exchanges.find(({ id }) => id === chosen.value);
  return (
    <div class="play-if-side" role="group" aria-label={name}>
      <p class="play-label">{name}</p>
      <NetworkView
        label={`Requests through ${name}`}
        exchanges={result.exchanges}
        pending={[]}
        origin={scenario.origin}
        spanMs={spanMs}
        chosen={chosen.value}
        onChoose={(id) => {
          chosen.value = chosen.peek() === id ? null : id;
        }}
        empty="The program sent no request."
      />
      <RecordedLogView label={`Log of ${name}`} exchanges={result.exchanges} empty="The gateway wrote no line." />
      {exchange ? <ExchangeView exchange={exchange} /> : null}
    </div>
  );
}
