import type { Clock } from '../gateway/clock.ts';
import type { Exchange } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import type { Scenario } from '../schema/scenario.ts';
import { createFetch, type Fetch } from './fetch.ts';
import { handlersFor } from './handlers.ts';
import { installResponses, type Track } from './response.ts';
import { createTransfers, type Transfers } from './transfers.ts';

export interface NetworkOptions {
  readonly scenario: Scenario;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly track: Track;
  readonly onRequested: (exchange: Exchange) => void;
  readonly onExchanged: (exchange: Exchange) => void;
  /** A sentence that the reader should see, and where the program caused it. */
  readonly warn: (sentence: string, callSite: Error) => void;
}

export interface Network {
  readonly fetch: Fetch;
  readonly transfers: Transfers;
}

/** More requests than any lesson needs; a loop that sends without waiting ends here. */
const MAX_REQUESTS = 10_000;

/**
 * The network that a program sees: a `fetch` that is answered by the scenario's gateway.
 * Also teaches the platform's `Response` about their responses, so call it once in a worker, before the program starts.
 */
export function createNetwork(options: NetworkOptions): Network {
  const { scenario, gateway, clock, track, onRequested, onExchanged, warn } = options;
  installResponses(track);
  const transfers = createTransfers({ gateway, clock, onRequested, onExchanged });
  const origin = new URL(scenario.origin).origin;
  let requests = 0;
  const fetch = createFetch({
    handlers: handlersFor(gateway, transfers),
    origin,
    track,
    mayRequest: (callSite) => {
      requests += 1;
      if (requests === MAX_REQUESTS + 1) {
        warn(`This program sent more than ${MAX_REQUESTS} requests. The playground answers no more of them.`, callSite);
      }
      return requests <= MAX_REQUESTS;
    },
    onUnanswered: (method, url, callSite) => warn(unansweredSentence(scenario, method, url), callSite),
  });
  return { fetch, transfers };
}

/** Why a request went nowhere, and which would not. */
function unansweredSentence({ origin, routes }: Scenario, method: string, url: string): string {
  const listed = routes.map(({ match }) => {
    const [verb, path] = match.split(' ');
    return `${verb === '*' ? 'any method' : verb} ${new URL(origin).origin}${path}`;
  });
  const request = method === 'GET' ? url : `${method} ${url}`;
  return `Nothing in this scenario answers ${request}; the routes are ${listed.join(', ')}.`;
}
