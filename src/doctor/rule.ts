import type { CauseId, GatewayId } from '../gateway/ids.ts';

/**
 * Rules are data. A rule says which words of which program prove which cause; nothing in it is code, so that each can be
 * read, tested and argued about alone. Spaces in a pattern stand for any blank, a line break included, because people
 * paste wrapped lines; patterns ignore case unless they say otherwise. No pattern has a quantifier without a limit.
 */

/** `certain`: nothing else writes this. `likely`: the usual reading. `possible`: it fits, and other causes fit as well. */
export type Confidence = 'certain' | 'likely' | 'possible';

/**
 * Where the words were written. A `gateway` complains about its upstream, a `client` about whoever it called. `either`:
 * a library that both use, such as Go's net package; what stands around the words decides.
 */
export type Side = 'gateway' | 'client' | 'app' | 'either';

/**
 * `root` explains a failure by itself. `symptom` only says that something failed, such as a bare status: it gives way to
 * any root. `fine` is a sign that nothing failed: it gives way to everything.
 */
export type Role = 'root' | 'symptom' | 'fine';

export interface Signal {
  /** Words in the text. */
  readonly pattern?: RegExp;
  /** A fact that a reader of the format found, e.g. `haproxy:SC`. */
  readonly mark?: string;
}

/**
 * A further sign, where the proof alone says too little. The rule is as sure as it says when three quarters of the
 * weight are there, the proof itself counting 1; one step less when nearly half is; and finds nothing below that.
 */
export interface FurtherSignal {
  readonly pattern: RegExp;
  /** As much as the proof itself is 1. */
  readonly weight: number;
  /** Without it the rule finds nothing. */
  readonly required?: boolean;
  /** It counts when it is not there. */
  readonly negated?: boolean;
  /** Where to look: in the lines of the proof, or anywhere in the paste. */
  readonly within: 'line' | 'paste';
}

export interface Rule {
  readonly id: string;
  /** The diagnosis, and what else the same words may mean, best first. */
  readonly causes: readonly [CauseId, ...CauseId[]];
  readonly confidence: Confidence;
  readonly role: Role;
  /** The proof. */
  readonly signal: Signal;
  /** What has to be there, or not to be there, beside the proof. */
  readonly signals?: readonly FurtherSignal[];
  /** Words that must stand somewhere in the same paste. */
  readonly needs?: RegExp;
  /** Words that take the proof away when they stand in the same line. */
  readonly unless?: RegExp;
  /** For `either`: the diagnosis when the words come from a client, not from a gateway. */
  readonly asClient?: CauseId;
  readonly why: string;
  /** A line that a program writes, made up for this rule: it shows what the rule reads, and tests it. */
  readonly example: string;
  /** Faults of the simulator that produce these words. */
  readonly faults?: readonly string[];
}

/** Rules about the words of one program. */
export interface RuleSet {
  readonly program: string;
  /** The gateway page to lead to, where the program is a gateway of this site. */
  readonly gateway: GatewayId | null;
  readonly side: Side;
  readonly sources: readonly { readonly name: string; readonly url: string }[];
  readonly rules: readonly Rule[];
}

type Extra = Partial<Pick<Rule, 'role' | 'signals' | 'needs' | 'unless' | 'asClient' | 'faults'>>;

function rule(
  id: string,
  causes: CauseId | Rule['causes'],
  confidence: Confidence,
  signal: Signal,
  why: string,
  example: string,
  extra: Extra,
): Rule {
  return {
    ...{ id, causes: typeof causes === 'string' ? [causes] : causes, confidence, role: 'root' },
    ...{ signal, why, example },
    ...extra,
  };
}

/** One rule about words, in the order in which one reads it: id, causes, how sure, the words, why, an example. */
export const words = (
  id: string,
  causes: CauseId | Rule['causes'],
  confidence: Confidence,
  pattern: RegExp,
  why: string,
  example: string,
  extra: Extra = {},
): Rule => rule(id, causes, confidence, { pattern }, why, example, extra);

/** One rule about a fact that a reader of the format found. */
export const fact = (
  id: string,
  causes: CauseId | Rule['causes'],
  confidence: Confidence,
  mark: string,
  why: string,
  example: string,
  extra: Extra = {},
): Rule => rule(id, causes, confidence, { mark }, why, example, extra);
