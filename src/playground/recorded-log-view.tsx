import type { Exchange } from '../gateway/exchange.ts';
import { gatewayLogLines } from './gateway-log-lines.ts';

interface RecordedLogProps {
  readonly exchanges: readonly Exchange[];
  readonly label: string;
  /** What stands there when there is no line. */
  readonly empty?: string;
}

/** The lines that a gateway wrote for recorded exchanges. */
export function RecordedLogView({ exchanges, label, empty = 'No line.' }: RecordedLogProps) {
  const lines = gatewayLogLines(exchanges);
  return (
    <div class="play-log" role="group" aria-label={label} tabIndex={0}>
      {lines.length === 0 ? <p class="play-empty">{empty}</p> : null}
      {lines.map(({ kind, text }, index) => (
        <div key={index} data-log={kind}>
          <b>{kind}</b> {text}
        </div>
      ))}
    </div>
  );
}
