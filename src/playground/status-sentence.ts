import type { Exchange } from '../gateway/exchange.ts';
import type { RunResult } from '../sandbox/protocol.ts';
import { TRANSPORT_WORDS } from './outcome-words.ts';
import { countText, spanText } from './quantities.ts';

/** The states of a playground, as its `data-state` says them. */
export type RunState = 'idle' | 'starting' | 'running' | 'done' | 'error' | 'stopped';

/** Where a run stands still. */
interface Paused {
  /** Simulated ms since the run began. */
  readonly at: number;
  /** Requests that have left and not come back. */
  readonly open: number;
}

/**
 * What happened, in one or two sentences, e.g. `Finished: 3 requests, last status 200, 1.4 s of simulated time`.
 * @param paused where time stands; null while it goes on
 */
export function statusSentence(state: RunState, result: RunResult | null, paused: Paused | null = null): string {
  if (paused !== null && state === 'running') {
    const open = paused.open === 0 ? '' : `, ${paused.open} on its way`;
    return `Paused at ${spanText(paused.at)} of simulated time: ${soFar(result)}${open}. Step goes on, Resume to the end.`;
  }
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
  const time = result && result.simulatedMs > 0 ? `, ${spanText(result.simulatedMs)} of simulated time` : '';
  return soFar(result) + time;
}

function soFar(result: RunResult | null): string {
  const exchanges = result?.exchanges ?? [];
  const last = exchanges.at(-1);
  if (!last) return 'no requests';
  return `${countText(exchanges.length, 'request')}, ${lastWords(last)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function lastWords({ client }: Exchange): string {
  if (client.error !== null) return `last request: ${TRANSPORT_WORDS[client.error]}`;
  return client.status === null ? 'last request: no answer' : `last status ${client.status}`;
}
