import type { ScenarioRoute } from '../schema/scenario.ts';
import type { Header } from './exchange.ts';
import type { UpstreamResponse } from './fault.ts';
import { headerValue, toLatin1 } from './http-message.ts';

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  425: 'Too Early',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The reason phrase that belongs to a status (RFC 9110 §15); empty for one that nobody registered. */
export const reasonOf = (status: number): string => REASONS[status] ?? '';

/** The response that the scenario's application gives when it is well. */
export function applicationResponse({ response }: Pick<ScenarioRoute, 'response'>): UpstreamResponse {
  const json = typeof response.body !== 'string';
  const text = toLatin1(typeof response.body === 'string' ? response.body : `${JSON.stringify(response.body)}\n`);
  const body = response.bodyBase64 === undefined ? text : atob(response.bodyBase64);
  const given: Header[] = Object.entries(response.headers);
  const type: Header[] = headerValue(given, 'content-type')
    ? []
    : [['Content-Type', json ? 'application/json' : 'text/plain; charset=utf-8']];
  return {
    status: response.status,
    reason: response.reason ?? reasonOf(response.status),
    headers: [...type, ...given],
    body,
    delayMs: response.delay,
  };
}
