import type { Exchange } from '../gateway/exchange.ts';
import type { LogLine } from './evidence-parts.ts';

/**
 * The lines that the gateway wrote for these exchanges, in the order in which the exchanges ended: for each the error
 * lines, then the access line.
 */
export const gatewayLogLines = (exchanges: readonly Exchange[]): LogLine[] =>
  [...exchanges]
    .sort((a, b) => a.startedAt + a.client.elapsedMs - b.startedAt - b.client.elapsedMs)
    .flatMap(({ id, log }) =>
      (['error', 'access'] as const).flatMap((kind) => log[kind].map((text): LogLine => ({ id, kind, text }))),
    );
