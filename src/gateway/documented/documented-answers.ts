import type { Scenario } from '../../schema/scenario.ts';
import type { Answers } from '../assemble.ts';
import { cutShort } from '../cut-short.ts';
import type { Exchange } from '../exchange.ts';
import { RUN_EPOCH } from '../run-epoch.ts';
import {
  documentedExchange,
  documentedLog,
  provenanceOf,
  type DocumentedContext,
  type DocumentedGateway,
} from './documented-exchange.ts';
import type { DocumentedFault, DocumentedFaults } from './documented-fault.ts';

/** What the documentation calls a client that goes away. */
const CLIENT_LEFT = 'client-closes-early';

/** The answers of a gateway that cannot be recorded, after its documentation. @param find everything that the scenario can come to */
export function documentedAnswers(scenario: Scenario, gateway: DocumentedGateway, find: DocumentedFaults): Answers {
  const { network, upstream } = scenario;
  const { connectTimeout: connectMs, readTimeout: readMs, sendTimeout: sendMs } = scenario.gateway;
  const surroundings = { upstream, network, timeouts: { connectMs, readMs, sendMs } };
  const documented = (id: string, method: string): DocumentedFault => {
    const found = find(id, method);
    if (found) return found;
    throw new Error(`${gateway.name} documents no answer to ${id}. Choose another fault or another gateway.`);
  };

  return {
    reactions: (id, method) => {
      const { variant, answer } = documented(id, method);
      const passes = answer.answer.kind === 'passes';
      return { variant, recording: answer, passedOn: passes ? { by: 'profile', share: 1 } : null };
    },
    answer: ({ id, at, request, fault, namedAfter, response, fate }) => {
      const { method } = request;
      const named = documented(namedAfter ?? fault, method);
      const found = documented(fault, method);
      const context: DocumentedContext = { id, at, request, response, fate, ...surroundings };
      // Until its client leaves, all is well.
      if (found.answer.answer.kind === 'client-left') {
        const exchange = documentedExchange(gateway, documented('ok', method), context);
        return { ...exchange, fault: named.fault.id };
      }
      return documentedExchange(gateway, { ...found, fault: named.fault }, context);
    },
    abandon: (exchange, elapsedMs) => {
      const left = cutShort(exchange, elapsedMs);
      if (left.client.status !== null) return left;
      return leftBehind(left, gateway, find(CLIENT_LEFT, exchange.request.method), scenario);
    },
  };
}

/** The exchange whose client left before any answer, with what the documentation says about the log. */
function leftBehind(
  exchange: Exchange,
  gateway: DocumentedGateway,
  left: DocumentedFault | null,
  { network, upstream }: Scenario,
): Exchange {
  const seen = { ...exchange, answeredBy: null, cause: 'client-aborted' as const };
  if (!left) {
    const verdict = `The client left before the answer. The documentation of ${gateway.name} does not say what is logged then.`;
    return { ...seen, verdict, log: { access: [], error: [] } };
  }
  const { id, startedAt, request, client } = exchange;
  const requestedAt = RUN_EPOCH + startedAt + network.client;
  const log = documentedLog(gateway, left.answer, {
    id,
    request,
    requestedAt,
    finishedAt: requestedAt + client.elapsedMs,
    upstream: exchange.upstream[0]?.address ?? upstream,
    attempts: left.answer.attempts,
    status: null,
    bodyBytes: 0,
    sentBytes: 0,
  });
  const provenance = provenanceOf(gateway, left.answer);
  return { ...seen, gateway: { ...exchange.gateway, provenance }, verdict: left.answer.says, log };
}
