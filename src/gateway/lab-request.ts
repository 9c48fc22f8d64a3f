import type { ExchangeRequest } from './exchange.ts';
import type { Fault } from './fault.ts';
import type { GatewayId } from './ids.ts';

/** Where the recorder's client sends the request of a fault. */
export const labPath = (fault: Fault, gateway: GatewayId): string => `/f/${fault.id}/${gateway}/raw`;

/**
 * The request that the recorder's client sends to meet a fault, as the simulator takes it. Of a request that is no
 * well-formed HTTP only the method and the path are in it.
 * @param method left out: the one that the fault was recorded with
 */
export function labRequest(fault: Fault, gateway: GatewayId, method?: string): ExchangeRequest {
  const { headers = [], query = '', body = '', bodyLength, ...request } = fault.request ?? { method: 'GET' };
  const own = [
    ['Host', 'gw.test'],
    ['User-Agent', 'lab-raw/1'],
    ['Accept', '*/*'],
  ] as const;
  return {
    method: method ?? request.method,
    url: `http://gw.test${labPath(fault, gateway)}${query}`,
    headers: [...own, ...headers],
    body: bodyLength === undefined ? body : 'p'.repeat(bodyLength),
  };
}
