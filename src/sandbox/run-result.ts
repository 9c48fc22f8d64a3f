import type { Exchange } from '../gateway/exchange.ts';
import type { ConsoleEntry, GuestMessage, RunResult } from './protocol.ts';

/** A run of which nothing is known yet. */
export const emptyResult: RunResult = { console: [], exchanges: [], failure: null, simulatedMs: 0 };

/** The result after more messages of the guest. Exchanges stand in the order in which they were sent. */
export function collect(result: RunResult, messages: readonly GuestMessage[]): RunResult {
  const entries: ConsoleEntry[] = [];
  const exchanges: Exchange[] = [];
  let { failure, simulatedMs } = result;
  for (const message of messages) {
    if ('at' in message) simulatedMs = Math.max(simulatedMs, message.at);
    if (message.kind === 'console') entries.push(message);
    if (message.kind === 'exchanged') exchanges.push(message.exchange);
    if (message.kind === 'failed') failure ??= message;
    if (message.kind === 'finished') ({ simulatedMs } = message);
  }
  return {
    console: entries.length > 0 ? [...result.console, ...entries] : result.console,
    exchanges:
      exchanges.length > 0 ? [...result.exchanges, ...exchanges].sort((a, b) => a.id - b.id) : result.exchanges,
    failure,
    simulatedMs,
  };
}
