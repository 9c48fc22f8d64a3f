import type { Exchange } from '../gateway/exchange.ts';
import { exchangePhases } from './exchange-phases.ts';
import { spanText } from './quantities.ts';

/** Where the time of an exchange went, as a table with a bar for each phase. */
export function TimingView({ exchange }: { readonly exchange: Exchange }) {
  const phases = exchangePhases(exchange);
  const whole = Math.max(exchange.client.elapsedMs, ...phases.map(({ to }) => to), 1);
  return (
    <>
      <p class="play-note">
        Sent at {spanText(exchange.startedAt)} of simulated time, over after {spanText(exchange.client.elapsedMs)}.
      </p>
      <div class="play-more">
        <table class="play-table" aria-label="Timing">
          <thead>
            <tr>
              <th scope="col">Phase</th>
              <th scope="col" class="play-number">
                Start
              </th>
              <th scope="col" class="play-number">
                Takes
              </th>
              <th scope="col">
                <span class="sr-only">Drawn to scale</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {phases.map(({ text, hop, from, to }, index) => (
              <tr key={index}>
                <th scope="row">{text}</th>
                <td class="play-number">{spanText(from)}</td>
                <td class="play-number">{spanText(to - from)}</td>
                <td class="play-phase" data-hop={hop}>
                  <i style={`--from:${percent(from / whole)};--to:${percent(to / whole)}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
