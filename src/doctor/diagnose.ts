import { CAUSE_IDS, type GatewayId } from '../gateway/ids.ts';
import { allAnswered, answerOf, evidenceOf, onlyTimed, unrelated, type Answer, type Evidence } from './answer.ts';
import { claimsOfEntries } from './diagnose-har.ts';
import { isGatewayFailure } from './effects.ts';
import { measuredIn } from './elapsed.ts';
import { failedEntries, type HarEntry } from './har.ts';
import { infer, type Claim, type Inference } from './infer.ts';
import { gatewayOf } from './made-by.ts';
import { findAll } from './match.ts';
import { timersAt } from './timers.ts';

export type { Answer } from './answer.ts';

export interface Diagnosis {
  /** Best first. Where nothing decides, the candidates, each `possible`. */
  readonly causes: readonly Answer[];
  /** Nobody could tell from this text alone; `next` of the first cause would decide. */
  readonly undecided: boolean;
  /** Two findings about the same request exclude each other. */
  readonly conflict: boolean;
  /** Which two proofs, and why not both; null where nothing contradicts itself. */
  readonly exclusion: { readonly text: string; readonly evidence: readonly Evidence[] } | null;
  readonly gateway: GatewayId | null;
}

/** How many other readings of the best finding are named. */
const OTHERS = 2;
const FAILURES = CAUSE_IDS.filter(isGatewayFailure);

/** A status that fits many causes, after a time that is somebody's limit: the limit says which to try first. */
function withTimer(claim: Claim, original: string, gateway: GatewayId | null): Claim {
  if (claim.role !== 'symptom' || claim.confidence !== 'possible' || !isGatewayFailure(claim.cause)) return claim;
  const elapsed =
    claim.findings.find(({ details }) => details.elapsedMs !== undefined)?.details.elapsedMs ??
    measuredIn(original)?.ms;
  if (elapsed === undefined) return claim;
  const readings = [claim.cause, ...claim.others];
  const limited = timersAt(elapsed, claim.gateway ?? gateway, FAILURES).flatMap(({ causes }) => causes);
  const cause = limited.find((one) => readings.includes(one)) ?? limited.find((one) => FAILURES.includes(one));
  return cause === undefined ? claim : { ...claim, cause, others: readings.filter((one) => one !== cause) };
}

function withoutFindings(original: string, gateway: GatewayId | null): Diagnosis {
  const measured = measuredIn(original);
  const [timer] = measured === null ? [] : timersAt(measured.ms, gateway, FAILURES);
  const cause = timer?.causes.find((one) => FAILURES.includes(one));
  const timed = measured === null || cause === undefined ? null : onlyTimed(cause, measured, original, gateway);
  return { causes: [timed ?? unrelated()], undecided: timed !== null, conflict: false, exclusion: null, gateway };
}

const nothingFailed = (): Diagnosis => ({
  ...{ causes: [allAnswered()], undecided: false, conflict: false, exclusion: null, gateway: null },
});

/** A HAR file request by request, anything else as one text. */
function inferFrom(
  original: string,
  entries: readonly HarEntry[] | null,
  progress?: (done: number) => void,
): Inference {
  if (entries === null) return infer(findAll(original, progress), original);
  const claims = claimsOfEntries(entries);
  progress?.(1);
  return { claims, exclusion: null };
}

/** Reads a paste and says what failed, with the proof, or that nobody could tell. Nothing is sent anywhere. */
export function diagnose(original: string, progress?: (done: number) => void): Diagnosis {
  const entries = failedEntries(original);
  const { claims, exclusion } = inferFrom(original, entries, progress);
  const gateway = entries === null ? gatewayOf(original) : null;
  const [first, ...rest] = claims;
  if (first === undefined) return entries?.length === 0 ? nothingFailed() : withoutFindings(original, gateway);
  const best = withTimer(first, original, gateway);
  const answers = [best, ...rest].map((claim) => answerOf(claim, original, gateway));
  const named = new Set([best, ...rest, ...best.effects].map(({ cause }) => cause));
  const others = best.others
    .filter((cause) => !named.has(cause))
    .slice(0, best.confidence === 'possible' ? 5 : OTHERS)
    .map((cause) => answerOf({ ...best, cause, confidence: 'possible', effects: [] }, original, gateway));
  return {
    causes: [...answers, ...others],
    undecided: best.confidence === 'possible',
    conflict: exclusion !== null,
    exclusion: exclusion === null ? null : { text: exclusion.text, evidence: evidenceOf(exclusion.findings, original) },
    gateway: answers[0]?.gateway ?? gateway,
  };
}
