import type { Exchange } from '../gateway/exchange.ts';
import type { RunResult } from '../sandbox/protocol.ts';
import { TRANSPORT_WORDS } from './outcome-words.ts';
import { countText, spanText } from './quantities.ts';

/** The states of a playground, as its `data-state` says them. */
export type RunState = 'idle' | 'starting' | 'running' | 'done' | 'error' | 'stopped';

/** What happened, in one or two sentences, e.g. `Finished: 3 requests, last status 200, 1.4 s of simulated time`. */
export function statusSentence(state: RunState, result: RunResult | null): string {
  switch (state) {
    case 'idle':
      return result === null ? 'Not run yet. Press Run.' : `Recorded result of the unedited program. ${ending(result)}`;
    case 'starting':
      return 'Starting…';
    case 'running':
      return 'Running…';
    case 'stopped':
      return `Stopped: ${totals(result)}. The output so far is kept.`;
    case 'done':
    case 'error':
      return result === null ? 'The run ended.' : ending(result);
  }
}

function ending(result: RunResult): string {
  const { failure } = result;
  if (!failure) return `Finished: ${totals(result)}`;
  const place = failure.position ? ` on line ${failure.position.line}` : '';
  const what = failure.how === 'syntax' ? 'Not started, error' : 'Ended by an error';
  return `${what}${place}: ${failure.name}: ${failure.message.replace(/\.$/, '')}. ${capital(totals(result))}`;
}

function totals(result: RunResult | null): string {
  const exchanges = result?.exchanges ?? [];
  const parts = [exchanges.length === 0 ? 'no requests' : countText(exchanges.length, 'request')];
  const last = exchanges.at(-1);
  if (last) parts.push(lastWords(last));
  if (result && result.simulatedMs > 0) parts.push(`${spanText(result.simulatedMs)} of simulated time`);
  return parts.join(', ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function lastWords({ client }: Exchange): string {
  if (client.error !== null) return `last request: ${TRANSPORT_WORDS[client.error]}`;
  return client.status === null ? 'last request: no answer' : `last status ${client.status}`;
}
