import type { CauseId, GatewayId } from '../gateway/ids.ts';
import { ADVICE } from './advice.ts';
import type { Details, Span } from './facts.ts';
import { infer, type Claim } from './infer.ts';
import { gatewayOf } from './made-by.ts';
import { findAll, type Finding } from './match.ts';
import { nextCommand, type NextCommand } from './next-command.ts';
import { repeatOf, type Repeat } from './repeat.ts';
import type { Confidence } from './rule.ts';

export interface Evidence extends Span {
  readonly text: string;
}

export interface Answer {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly gateway: GatewayId | null;
  readonly evidence: readonly Evidence[];
  readonly why: string;
  readonly speaksAgainst: string;
  readonly next: NextCommand;
  readonly repeat: Repeat;
  readonly guide: string;
  /** Opens the simulator with the fault that writes this very line. */
  readonly reproduce: { readonly gateway: GatewayId; readonly fault: string } | null;
  /** What was seen as well and is an effect of this cause. */
  readonly effects: readonly CauseId[];
  readonly details: Details;
}

export interface Diagnosis {
  /** Best first. Where nothing decides, the candidates, each `possible`. */
  readonly causes: readonly Answer[];
  /** Nobody could tell from this text alone; `next` of the first cause would decide. */
  readonly undecided: boolean;
  /** Two findings about the same request exclude each other. */
  readonly conflict: boolean;
  readonly gateway: GatewayId | null;
}

const EVIDENCE_KEPT = 12;

function detailsOf(findings: readonly Finding[]): Details {
  return findings.map(({ details }) => details).reduceRight<Details>((all, one) => ({ ...all, ...one }), {});
}

function evidenceOf(findings: readonly Finding[], original: string): readonly Evidence[] {
  const inOrder = [...findings].sort((a, b) => a.start - b.start || b.end - a.end);
  return inOrder
    .filter((one, index) => !inOrder.slice(0, index).some(({ start, end }) => start <= one.start && one.end <= end))
    .slice(0, EVIDENCE_KEPT)
    .map(({ start, end }) => ({ text: original.slice(start, end), start, end }));
}

function reproduceOf(findings: readonly Finding[]): Answer['reproduce'] {
  for (const { rule, gateway } of findings) {
    const fault = rule.faults?.[0];
    if (fault !== undefined && gateway !== null) return { gateway, fault };
  }
  return null;
}

function answerOf(claim: Claim, original: string, gateway: GatewayId | null): Answer {
  const { cause, confidence, findings } = claim;
  const details = detailsOf(findings);
  return {
    cause,
    confidence,
    gateway: claim.gateway ?? gateway,
    evidence: evidenceOf(findings, original),
    why: findings[0]?.rule.why ?? '',
    speaksAgainst: ADVICE[cause].against,
    next: nextCommand(cause, details),
    repeat: repeatOf(cause, details.method),
    guide: `/causes/${cause}/`,
    reproduce: reproduceOf(findings),
    effects: claim.effects.map((effect) => effect.cause),
    details,
  };
}

const UNRELATED: Omit<Answer, 'next' | 'repeat'> = {
  cause: 'unrelated-text',
  confidence: 'likely',
  gateway: null,
  evidence: [],
  why: 'Nothing in this text was written by a gateway or by a client that talked to one.',
  speaksAgainst: ADVICE['unrelated-text'].against,
  guide: '/causes/unrelated-text/',
  reproduce: null,
  effects: [],
  details: {},
};

/** How many other readings of the best finding are named. */
const OTHERS = 2;

/** Reads a paste and says what failed, with the proof, or that nobody could tell. Nothing is sent anywhere. */
export function diagnose(original: string, progress?: (done: number) => void): Diagnosis {
  const claims = infer(findAll(original, progress), original);
  const gateway = gatewayOf(original);
  const best = claims[0];
  if (best === undefined) {
    const answer = {
      ...UNRELATED,
      next: nextCommand('unrelated-text', {}),
      repeat: repeatOf('unrelated-text', undefined),
    };
    return { causes: [answer], undecided: false, conflict: false, gateway };
  }
  const answers = claims.map((claim) => answerOf(claim, original, gateway));
  const named = new Set([...claims.map(({ cause }) => cause), ...best.effects.map(({ cause }) => cause)]);
  const others = best.others
    .filter((cause) => !named.has(cause))
    .slice(0, best.confidence === 'possible' ? 5 : OTHERS)
    .map((cause) => answerOf({ ...best, cause, confidence: 'possible', effects: [] }, original, gateway));
  return {
    causes: [...answers, ...others],
    undecided: best.confidence === 'possible',
    conflict: false,
    gateway: answers[0]?.gateway ?? gateway,
  };
}
