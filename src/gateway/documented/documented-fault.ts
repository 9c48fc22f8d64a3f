import type { DocumentedAnswer, DocumentedSet } from '../../schema/documented.ts';
import type { Scenario } from '../../schema/scenario.ts';
import type { Fault } from '../fault.ts';
import { faultById, faultForMethod } from '../faults/index.ts';
import { faultsOf } from '../scenario-faults.ts';

/** A fault with what the vendor documents about it. */
export interface DocumentedFault {
  /** The fault as it was asked for. */
  readonly fault: Fault;
  /** The catalogue's entry that the documentation speaks of: the fault itself, or its variant for the method of the request. */
  readonly variant: Fault;
  readonly answer: DocumentedAnswer;
}

/** Finds documented answers by fault and method; null where there is none. Throws a sentence on a fault that does not exist. */
export type DocumentedFaults = (id: string, method: string) => DocumentedFault | null;

/**
 * The variant of a gateway that was asked for; the first one where none was.
 * Throws a sentence when there is no such variant.
 */
export function variantOf({ gateway, variants }: Pick<DocumentedSet, 'gateway' | 'variants'>, wanted: string | null) {
  const variant = variants.find(({ id }) => wanted === null || id === wanted);
  if (variant) return variant;
  const known = variants.map(({ id }) => id).join(', ');
  throw new Error(`There is no ${gateway}@${wanted ?? ''}; its variants are ${known}.`);
}

/** What is documented about one fault, for one variant of the gateway; undefined where nothing is. */
export const documentedFor = (
  { answers }: Pick<DocumentedSet, 'answers'>,
  variant: string,
  fault: string,
): DocumentedAnswer | undefined =>
  answers.find(({ faults, variants }) => faults.includes(fault) && (variants?.includes(variant) ?? true));

/** Why there is no answer to a fault, as a sentence. */
export const whyNot = ({ silent, name }: Pick<DocumentedSet, 'silent' | 'name'>, fault: Fault): string =>
  silent.find(({ faults }) => faults.includes(fault.id))?.why ??
  `The documentation of ${name} does not say what a client gets when the upstream ${fault.summary}.`;

/**
 * The documented faults of the gateway that a scenario names. Throws a sentence on a variant that does not exist, and on
 * the first fault of the scenario that nothing is documented about.
 */
export function documentedFaultsIn(set: DocumentedSet, scenario: Scenario): DocumentedFaults {
  const variant = variantOf(set, scenario.gateway.id.split('@')[1] ?? null).id;
  const find: DocumentedFaults = (id, method) => {
    const fault = faultById(id);
    const other = faultForMethod(fault, method);
    for (const entry of [other, fault]) {
      const answer = documentedFor(set, variant, entry.id);
      if (answer) return { fault, variant: entry, answer };
    }
    return null;
  };
  for (const id of faultsOf(scenario)) {
    if (find(id, 'GET') ?? find(id, 'POST')) continue;
    const why = whyNot(set, faultById(id));
    throw new Error(
      `There is no documented answer of ${set.name} to ${id}. ${why} Choose another fault or another gateway.`,
    );
  }
  return find;
}
