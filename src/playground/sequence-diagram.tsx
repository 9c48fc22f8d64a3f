import type { Exchange } from '../gateway/exchange.ts';
import { spanText } from './quantities.ts';
import { HEAD_HEIGHT, HERE_DROP, sequenceLayout, STATION_X, type PlacedStep } from './sequence-layout.ts';
import { sequenceSteps, sequenceSummary, type SequenceStep, type Station } from './sequence-steps.ts';

/** The word at the place where an exchange went wrong. */
const HERE = 'breaks here';

const STATIONS: readonly Station[] = ['client', 'gateway', 'upstream'];

/** The wire: client, gateway and upstream as lifelines, and what traveled between them; below it the same as a table. */
export function SequenceDiagram({ exchange }: { readonly exchange: Exchange }) {
  const steps = sequenceSteps(exchange);
  const { height, steps: placed } = sequenceLayout(steps);
  return (
    <div class="play-sequence">
      <svg
        class="play-wire"
        role="img"
        aria-label={`Sequence diagram: ${sequenceSummary(exchange)}`}
        width="100%"
        height={height}
      >
        {STATIONS.map((station) => (
          <g key={station} class="play-station">
            <line x1={`${STATION_X[station]}%`} x2={`${STATION_X[station]}%`} y1={HEAD_HEIGHT - 8} y2={height} />
            <circle cx={`${STATION_X[station]}%`} cy={HEAD_HEIGHT - 8} r="4" />
            <text x={`${STATION_X[station]}%`} y="16">
              {station === 'gateway' ? exchange.gateway.id : station}
            </text>
          </g>
        ))}
        {placed.map((step, index) => (
          <Step key={index} placed={step} />
        ))}
      </svg>
      <details class="play-more">
        <summary>The same as a table</summary>
        <StepTable steps={steps} />
      </details>
    </div>
  );
}

function Step({ placed }: { readonly placed: PlacedStep }) {
  const { step, lines, textX, textY, arrowY, fromX, toX } = placed;
  return (
    <g class="play-step" data-kind={step.kind}>
      {step.kind === 'verdict' ? null : <line x1={`${fromX}%`} x2={`${toX}%`} y1={arrowY} y2={arrowY} />}
      {step.kind === 'message' ? <ArrowHead x={toX} y={arrowY} right={toX > fromX} /> : null}
      {step.kind === 'broken' ? <Break x={(fromX + toX) / 2} y={arrowY} /> : null}
      {step.first ? (
        <text class="play-here" x={`${textX}%`} y={arrowY + HERE_DROP}>
          {HERE}
        </text>
      ) : null}
      <text y={textY}>
        {lines.map((line, index) => (
          <tspan key={index} x={`${textX}%`} dy={index === 0 ? 0 : 16}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}

/** Percentages do not work in paths; a nested <svg> carries the shape to its place. */
function ArrowHead({ x, y, right }: { readonly x: number; readonly y: number; readonly right: boolean }) {
  return (
    <svg x={`${x}%`} y={y} overflow="visible">
      <path d={right ? 'M0 0 -8 -4V4Z' : 'M0 0 8 -4V4Z'} />
    </svg>
  );
}

function Break({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <svg x={`${x}%`} y={y} overflow="visible">
      <path class="play-gap" d="M-9 0H9" />
      <path class="play-cross" d="M-5 -5 5 5M5 -5-5 5" />
    </svg>
  );
}

function StepTable({ steps }: { readonly steps: readonly SequenceStep[] }) {
  return (
    <table class="play-table">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">What happened</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          <tr key={index}>
            <td>{spanText(step.at)}</td>
            <td>{step.from}</td>
            <td>{step.to === step.from ? '–' : step.to}</td>
            <td>
              {step.kind === 'verdict' ? 'Verdict: ' : null}
              {step.first ? <b>{HERE}: </b> : null}
              {step.text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
