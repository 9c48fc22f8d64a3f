import { outcomeOf, type Exchange } from '../gateway/exchange.ts';
import type { AnswerSet } from '../gateway/answer-set.ts';
import { createGateway } from '../gateway/simulate.ts';
import type { Scenario } from '../schema/scenario.ts';

/** Exchanges in a row that differ in nothing but time and number. */
export interface ExchangeGroup {
  /** The first of them, to be drawn for all. */
  readonly shown: Exchange;
  readonly exchanges: readonly Exchange[];
}

/** ms between the requests: a client that waits a second before it tries again. */
const PAUSE = 1000;

/**
 * What happens when a client sends the scenario's first route the same request again and again.
 * @param requests how often; left out: until the fault has passed, once if it never does
 */
export function firstExchanges(scenario: Scenario, recordings: AnswerSet, requests?: number): ExchangeGroup[] {
  const [route] = scenario.routes;
  if (!route) return [];
  const [method = 'GET', path = '/'] = route.match.split(' ');
  const request = {
    method: method === '*' ? 'GET' : method,
    url: scenario.origin + path.replaceAll('*', ''),
    headers: [['Host', new URL(scenario.origin).host]] as const,
    body: '',
  };
  const gateway = createGateway({ scenario, recordings });
  const groups: { shown: Exchange; exchanges: Exchange[] }[] = [];
  let at = 0;
  for (let sent = 0; sent < (requests ?? (route.schedule[0]?.first ?? 0) + 1); sent++) {
    const exchange = gateway.answer(request, at);
    at += exchange.client.elapsedMs + PAUSE;
    const last = groups.at(-1);
    if (last && last.shown.fault === exchange.fault && outcomeOf(last.shown) === outcomeOf(exchange))
      last.exchanges.push(exchange);
    else groups.push({ shown: exchange, exchanges: [exchange] });
  }
  return groups;
}
