import type { Exchange } from '../gateway/exchange.ts';

interface LogLine {
  readonly kind: 'access' | 'error';
  readonly text: string;
}

/** The lines that the gateway wrote for these exchanges, in order: for each request the error lines, then the access line. */
export const gatewayLogLines = (exchanges: readonly Exchange[]): LogLine[] =>
  exchanges.flatMap(({ log }) => [
    ...log.error.map((text): LogLine => ({ kind: 'error', text })),
    ...log.access.map((text): LogLine => ({ kind: 'access', text })),
  ]);

interface GatewayLogProps {
  readonly exchanges: readonly Exchange[];
  readonly label?: string;
  /** `log` while lines arrive, `group` for lines that were recorded. */
  readonly role?: 'log' | 'group';
  /** What stands there when there is no line. */
  readonly empty?: string;
}

/** The gateway's own log, like a terminal that follows both files. */
export function GatewayLogView({
  exchanges,
  label = 'Gateway log',
  role = 'log',
  empty = 'No line.',
}: GatewayLogProps) {
  const lines = gatewayLogLines(exchanges);
  return (
    <div class="play-log" role={role} aria-label={label} tabIndex={0}>
      {lines.length === 0 ? <p class="play-empty">{empty}</p> : null}
      {lines.map(({ kind, text }, index) => (
        <div key={index} data-log={kind}>
          <b>{kind}</b> {text}
        </div>
      ))}
    </div>
  );
}
