import type { Clock } from '../gateway/clock.ts';
import type { Exchange } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Play } from './connection.ts';
import { createFetch, type Fetch, type Policy } from './fetch.ts';
import { handlersFor } from './handlers.ts';
import { describe, installResponses, wireResponse, type Track } from './response.ts';
import { createTransfers, type Decode, type Transfers } from './transfers.ts';

export interface NetworkOptions {
  readonly scenario: Scenario;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly track: Track;
  readonly onRequested: (exchange: Exchange) => void;
  readonly onExchanged: (exchange: Exchange) => void;
  /** A sentence that the reader should see, and where the program caused it. */
  readonly warn: (sentence: string, callSite: Error) => void;
  /** Another way for an exchange than in this thread. */
  readonly play?: Play | undefined;
  readonly parts?: NetworkParts;
}

/** Code for what few programs do; none of it is loaded for the others. */
export interface NetworkParts {
  /** `cors.ts`, for scenarios whose page has another origin. */
  readonly cors?: { readonly createPolicy: (tools: PartTools) => Policy | undefined };
  /** `decode.ts`, for scenarios with compressed responses. */
  readonly decode?: { readonly createDecode: (tools: PartTools) => Decode };
  /** `rare-fetch.ts`, for programs that do with `fetch` what few programs do. */
  readonly rareFetch?: { readonly extendFetch: (fetch: Fetch, tools: PartTools) => Fetch };
}

/** What those parts need of the network around them. */
export interface PartTools extends Pick<NetworkOptions, 'scenario' | 'clock' | 'track' | 'warn'> {
  /** Origin of the page whose program runs. */
  readonly page: string;
  readonly describe: typeof describe;
  readonly wireResponse: typeof wireResponse;
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
  const { scenario, gateway, clock, track, onRequested, onExchanged, warn, play, parts = {} } = options;
  installResponses(track);
  const tools = {
    scenario,
    clock,
    track,
    warn,
    page: new URL(scenario.page ?? scenario.origin).origin,
    describe,
    wireResponse,
  };
  const decode = parts.decode?.createDecode(tools);
  const transfers = createTransfers({ gateway, clock, onRequested, onExchanged, decode, play });
  let requests = 0;
  const fetch = createFetch({
    handlers: handlersFor(gateway, transfers),
    origin: tools.page,
    mayRequest: (callSite) => {
      requests += 1;
      if (requests === MAX_REQUESTS + 1) {
        warn(`This program sent more than ${MAX_REQUESTS} requests. The playground answers no more of them.`, callSite);
      }
      return requests <= MAX_REQUESTS;
    },
    onUnanswered: (method, url, callSite) => warn(unansweredSentence(scenario, method, url), callSite),
    policy: parts.cors?.createPolicy(tools),
  });
  return { fetch: parts.rareFetch?.extendFetch(fetch, tools) ?? fetch, transfers };
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
