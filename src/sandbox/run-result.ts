import type { GuestMessage, RunResult } from './protocol.ts';

/** A run of which nothing is known yet. */
export const emptyResult: RunResult = { console: [], exchanges: [], failure: null, simulatedMs: 0 };

/** The result after one more message of the guest. Exchanges stand in the order in which they were sent. */
export function collect(result: RunResult, message: GuestMessage): RunResult {
  switch (message.kind) {
    case 'console':
      return {
        ...result,
        console: [...result.console, message],
        simulatedMs: Math.max(result.simulatedMs, message.at),
      };
    case 'exchanged': {
      const exchanges = [...result.exchanges, message.exchange].sort((a, b) => a.id - b.id);
      return { ...result, exchanges };
    }
    case 'failed':
      return { ...result, failure: result.failure ?? message, simulatedMs: Math.max(result.simulatedMs, message.at) };
    case 'finished':
      return { ...result, simulatedMs: message.simulatedMs };
    case 'ready':
    case 'requested':
      return result;
  }
}
