import type { DocumentedSet } from '../../schema/documented.ts';
import type { Exchange } from '../exchange.ts';
import type { Fault } from '../fault.ts';
import type { GatewayId } from '../ids.ts';
import { documentedExchange, type DocumentedContext } from './documented-exchange.ts';
import { documentedFor, variantOf, whyNot } from './documented-fault.ts';

/** The answer that the vendor documents, or the sentence that there is none. Never a guess. */
export type DocumentedResult =
  | {
      readonly kind: 'documented';
      readonly exchange: Exchange;
      readonly bodyIs: 'exact' | 'excerpt' | 'undocumented' | 'passed-on';
    }
  | { readonly kind: 'not-documented'; readonly gateway: GatewayId; readonly fault: string; readonly why: string };

/** What is asked: one request, of one of the set's variants, such as `rest`; null for the first. */
export type DocumentedQuestion = DocumentedContext & { readonly variant: string | null };

/**
 * What a gateway that cannot be recorded does with a fault, after its documentation.
 * Throws a sentence when the set has no such variant.
 */
export function documentedAnswer(set: DocumentedSet, fault: Fault, question: DocumentedQuestion): DocumentedResult {
  const variant = variantOf(set, question.variant).id;
  const answer = documentedFor(set, variant, fault.id);
  if (!answer) return { kind: 'not-documented', gateway: set.gateway, fault: fault.id, why: whyNot(set, fault) };
  const bodyIs = answer.answer.kind === 'own' ? answer.answer.bodyIs : 'passed-on';
  const exchange = documentedExchange({ ...set, variant }, { fault, variant: fault, answer }, question);
  return { kind: 'documented', exchange, bodyIs };
}
