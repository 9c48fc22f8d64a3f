import type { Exchange } from '../gateway/exchange.ts';
import { faultById, FAULTS } from '../gateway/faults/index.ts';
import { GATEWAY_IDS, isGatewayId } from '../gateway/ids.ts';
import { nearestNames } from '../gateway/nearest.ts';
import { createGateway } from '../gateway/simulate.ts';
import { scenarioSchema } from '../schema/scenario.ts';
import { recordingsFor } from './scenarios.ts';

/** What is asked of one gateway in the laboratory: one fault, one request, no network in between. */
export interface LabQuestion {
  /** `nginx` or `nginx@1.22`. */
  readonly gateway: string;
  readonly fault: string;
  /** Left out: the method that the fault was recorded with. */
  readonly method?: string;
}

/** A mistake in a question, as a sentence that names the nearest known ids. */
export class UnknownIdError extends Error {}

/**
 * The exchange that was recorded: the recorder's own request and upstream, the recorder's timeouts.
 * Throws {@link UnknownIdError} on an unknown gateway or fault.
 */
export function labExchange({ gateway, fault: faultName, method }: LabQuestion): Exchange {
  const [id = '', version = null] = gateway.split('@');
  if (!isGatewayId(id)) throw new UnknownIdError(unknown('gateway', id, GATEWAY_IDS));
  const faultIds = FAULTS.map((fault) => fault.id);
  if (!faultIds.includes(faultName)) throw new UnknownIdError(unknown('fault', faultName, faultIds));

  const fault = faultById(faultName);
  const recordings = recordingsFor(id, version);
  const { connectMs, readMs, sendMs } = recordings.timeouts;
  const scenario = scenarioSchema.parse({
    format: 1,
    title: `${gateway} meets ${faultName}`,
    summary: `The laboratory's own upstream ${fault.summary}.`.slice(0, 300),
    gateway: { id: gateway, connectTimeout: `${connectMs}ms`, readTimeout: `${readMs}ms`, sendTimeout: `${sendMs}ms` },
    origin: 'http://gw.test',
    upstream: '127.0.0.1:8080',
    network: { client: '0ms', upstream: '0ms' },
    routes: [{ match: '* /*', fault: faultName }],
  });
  const simulated = createGateway({ scenario, recordings, application: 'sample' });
  const request = {
    method: method ?? fault.request?.method ?? 'GET',
    url: `http://gw.test/f/${faultName}/${id}/raw`,
    headers: [
      ['Host', 'gw.test'],
      ['User-Agent', 'lab-raw/1'],
      ['Accept', '*/*'],
      ...(fault.request?.headers ?? []),
    ] as const,
    body: fault.request?.body ?? '',
  };
  const exchange = simulated.answer(request, 0);
  return fault.request?.leavesAfterMs === undefined
    ? exchange
    : simulated.abandon(exchange, fault.request.leavesAfterMs);
}

const unknown = (what: string, name: string, known: readonly string[]): string =>
  `There is no ${what} "${name}"; the nearest are ${nearestNames(name, known).join(', ')}.`;
