import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import type { ExchangeRequest } from './exchange.ts';
import { requestUrl } from './request-url.ts';

type Asked = Pick<ExchangeRequest, 'method' | 'url'>;

/** Says whether a route takes a request. `match` is a method or `*`, and a path where a trailing `*` stands for any rest. */
export function matcherOf(scenario: Scenario, { match }: ScenarioRoute): (request: Asked) => boolean {
  const [method = '*', pattern = '/'] = match.split(' ');
  const origins = [scenario.origin, ...(scenario.aliases ?? [])].map((origin) => new URL(origin).origin);
  const prefix = pattern.endsWith('*') ? pattern.slice(0, -1) : null;
  return (request) => {
    const url = requestUrl(request.url);
    if (!origins.includes(url.origin) || (method !== '*' && method !== request.method)) return false;
    return prefix === null ? url.pathname === pattern : url.pathname.startsWith(prefix);
  };
}
