import { documentedAnswer } from '../gateway/documented/documented-answer.ts';
import type { Exchange, ExchangeRequest } from '../gateway/exchange.ts';
import type { Fault } from '../gateway/fault.ts';
import { faultById, FAULTS } from '../gateway/faults/index.ts';
import { GATEWAY_IDS, isGatewayId, type GatewayId } from '../gateway/ids.ts';
import { labRequest } from '../gateway/lab-request.ts';
import { nearestNames } from '../gateway/nearest.ts';
import type { RecordingSet } from '../gateway/recording.ts';
import { createGateway } from '../gateway/simulate.ts';
import { scenarioSchema } from '../schema/scenario.ts';
import { documentedGatewayIds, documentedSetFor } from './documented.ts';
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
 * There is an exchange, or there is none: the vendor documents nothing, or the program cannot meet the fault, so that it
 * could not be recorded. Then `why` tells in a sentence.
 */
export type LabAnswer =
  | { readonly kind: 'exchange'; readonly exchange: Exchange }
  | {
      readonly kind: 'not-documented' | 'not-recorded';
      readonly gateway: GatewayId;
      readonly fault: string;
      readonly why: string;
    };

/**
 * What a gateway does with a fault in the laboratory: the recorder's own request and upstream, the recorder's timeouts.
 * A gateway that cannot be recorded answers from its documentation, or says that it documents nothing.
 * Throws {@link UnknownIdError} on an unknown gateway or fault.
 */
export function labAnswer({ gateway, fault: faultName, method }: LabQuestion): LabAnswer {
  const [id = '', version = null] = gateway.split('@');
  if (!isGatewayId(id)) throw new UnknownIdError(unknown('gateway', id, GATEWAY_IDS));
  const faultIds = FAULTS.map((fault) => fault.id);
  if (!faultIds.includes(faultName)) throw new UnknownIdError(unknown('fault', faultName, faultIds));
  const fault = faultById(faultName);
  const request = labRequest(fault, id, method);
  if (documentedGatewayIds().includes(id)) {
    const answer = documentedAnswer(documentedSetFor(id), fault, {
      id: 1,
      at: 0,
      request,
      upstream: UPSTREAM,
      network: { client: 0, upstream: 0 },
      response: null,
      variant: version,
      // Where a vendor leaves a timer to the reader: 60 seconds, the default of Kong, and of a scenario.
      timeouts: { connectMs: 60_000, readMs: 60_000, sendMs: 60_000 },
    });
    return answer.kind === 'documented' ? { kind: 'exchange', exchange: answer.exchange } : answer;
  }
  const recordings = recordingsFor(id, version);
  if (recordings.recordings.some((recording) => recording.fault === fault.id)) {
    return { kind: 'exchange', exchange: recordedExchange(gateway, recordings, fault, request) };
  }
  const why = `${recordings.program} cannot meet this fault, so there is no recording of it.`;
  return { kind: 'not-recorded', gateway: id, fault: fault.id, why };
}

/** As {@link labAnswer}, for pages that need an exchange to show. Throws a sentence where there is none. */
export function labExchange(question: LabQuestion): Exchange {
  const answer = labAnswer(question);
  if (answer.kind === 'exchange') return answer.exchange;
  throw new Error(`There is no answer of ${answer.gateway} to ${answer.fault}: ${answer.why}`);
}

const UPSTREAM = '127.0.0.1:8080';

function recordedExchange(gateway: string, recordings: RecordingSet, fault: Fault, request: ExchangeRequest): Exchange {
  const { connectMs, readMs, sendMs } = recordings.timeouts;
  const scenario = scenarioSchema.parse({
    format: 1,
    title: `${gateway} meets ${fault.id}`,
    summary: `The laboratory's own upstream ${fault.summary}.`.slice(0, 300),
    gateway: { id: gateway, connectTimeout: `${connectMs}ms`, readTimeout: `${readMs}ms`, sendTimeout: `${sendMs}ms` },
    origin: 'http://gw.test',
    upstream: UPSTREAM,
    network: { client: '0ms', upstream: '0ms' },
    routes: [{ match: '* /*', fault: fault.id }],
  });
  const simulated = createGateway({ scenario, recordings, application: 'sample' });
  const exchange = simulated.answer(request, 0);
  return fault.request?.leavesAfterMs === undefined
    ? exchange
    : simulated.abandon(exchange, fault.request.leavesAfterMs);
}

const unknown = (what: string, name: string, known: readonly string[]): string =>
  `There is no ${what} "${name}"; the nearest are ${nearestNames(name, known).join(', ')}.`;
