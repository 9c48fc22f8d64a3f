import type { CauseId, GatewayId } from '../gateway/ids.ts';
import { ADVICE } from './advice.ts';
import { measuredIn, type Measured } from './elapsed.ts';
import type { Details, RequestPlace, Span } from './facts.ts';
import type { Claim } from './infer.ts';
import type { Finding } from './match.ts';
import type { Check } from './checks/check.ts';
import { checksOf, nextCommand, type NextCommand } from './next-command.ts';
import { repeatOf, type Repeat } from './repeat.ts';
import type { Confidence } from './rule.ts';
import { timerWords } from './timers.ts';

export interface Evidence extends Span {
  readonly text: string;
}

export interface Answer {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly gateway: GatewayId | null;
  readonly evidence: readonly Evidence[];
  /** At how many places the proof stands; `evidence` has the first of them. */
  readonly evidenceCount: number;
  readonly why: string;
  readonly speaksAgainst: string;
  readonly next: NextCommand;
  /** Commands that say that it is this cause. */
  readonly confirmBy: readonly Check[];
  /** Commands that say that it is another one. */
  readonly ruleOutBy: readonly Check[];
  readonly repeat: Repeat;
  readonly guide: string;
  /** Opens the simulator with the fault that writes this very line. */
  readonly reproduce: { readonly gateway: GatewayId; readonly fault: string } | null;
  /** What was seen as well and is an effect of this cause. */
  readonly effects: readonly CauseId[];
  readonly details: Details;
  /** Every upstream that the proofs name, in their order. */
  readonly upstreams: readonly string[];
  /** The requests of a HAR file that failed this way, each with the place of its address; no more than {@link ENTRIES_KEPT}. */
  readonly entries: readonly RequestPlace[];
}

const EVIDENCE_KEPT = 12;
const ENTRIES_KEPT = 50;

function detailsOf(findings: readonly Finding[]): Details {
  return findings.map(({ details }) => details).reduceRight<Details>((all, one) => ({ ...all, ...one }), {});
}

/** One finding for each place: what stands within another one is no proof of its own. */
function placesOf(findings: readonly Finding[]): readonly Finding[] {
  const inOrder = [...findings].sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = -1;
  return inOrder.filter(({ end }) => {
    const isNew = end > reached;
    reached = Math.max(reached, end);
    return isNew;
  });
}

/** The first places that prove something, in their order. */
export const evidenceOf = (findings: readonly Finding[], original: string): readonly Evidence[] =>
  placesOf(findings)
    .slice(0, EVIDENCE_KEPT)
    .map(({ start, end }) => ({ text: original.slice(start, end), start, end }));

/** How many places there are in all, those included that were counted and not kept. */
const evidenceCountOf = (findings: readonly Finding[]): number =>
  placesOf(findings).reduce((sum, { more }) => sum + 1 + more, 0);

function reproduceOf(findings: readonly Finding[]): Answer['reproduce'] {
  for (const { rule, gateway } of findings) {
    const fault = rule.faults?.[0];
    if (fault !== undefined && gateway !== null) return { gateway, fault };
  }
  return null;
}

const upstreamsOf = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(findings.flatMap(({ details }) => (details.upstream === undefined ? [] : [details.upstream]))),
];

const entriesOf = (findings: readonly Finding[]): readonly RequestPlace[] =>
  [...new Map(findings.flatMap(({ entry }) => (entry === undefined ? [] : [[entry.start, entry] as const]))).values()]
    .sort((a, b) => a.start - b.start)
    .slice(0, ENTRIES_KEPT);

/** What the rule says, and whose time limit the elapsed time is. */
function whyOf(
  { cause, findings }: Claim,
  { elapsedMs }: Details,
  gateway: GatewayId | null,
  original: string,
): string {
  const elapsed = elapsedMs ?? measuredIn(original)?.ms;
  const timer = elapsed === undefined ? '' : timerWords(elapsed, gateway, [cause]);
  return [findings[0]?.rule.why ?? '', timer].filter((words) => words !== '').join(' ');
}

/** A claim with all that a reader needs to act on it. */
export function answerOf(claim: Claim, original: string, gateway: GatewayId | null): Answer {
  const { cause, confidence, findings } = claim;
  const details = detailsOf(findings);
  return {
    cause,
    confidence,
    gateway: claim.gateway ?? gateway,
    evidence: evidenceOf(findings, original),
    evidenceCount: evidenceCountOf(findings),
    why: whyOf(claim, details, claim.gateway ?? gateway, original),
    speaksAgainst: ADVICE[cause].against,
    next: nextCommand(cause, details),
    ...checksOf(cause, details),
    repeat: repeatOf(cause, details.method),
    guide: `/causes/${cause}/`,
    reproduce: reproduceOf(findings),
    effects: claim.effects.map((effect) => effect.cause),
    details,
    upstreams: upstreamsOf(findings),
    entries: entriesOf(findings),
  };
}

const nothingFound = (cause: CauseId): Answer => ({
  cause,
  confidence: 'likely',
  gateway: null,
  evidence: [],
  evidenceCount: 0,
  why: '',
  speaksAgainst: ADVICE[cause].against,
  next: nextCommand(cause, {}),
  ...checksOf(cause, {}),
  repeat: repeatOf(cause, undefined),
  guide: `/causes/${cause}/`,
  reproduce: null,
  effects: [],
  details: {},
  upstreams: [],
  entries: [],
});

/** No rule knows a word of the text. */
export const unrelated = (): Answer => ({
  ...nothingFound('unrelated-text'),
  why: 'Nothing in this text was written by a gateway or by a client that talked to one.',
});

/** A HAR file in which nothing failed. */
export const allAnswered = (): Answer => ({
  ...nothingFound('not-a-failure'),
  why: 'Every request in this HAR file was answered, and no status is an error.',
});

/** No rule knows a word of the text, and a time in it is somebody's limit: a weak sign, and better than none. */
export function onlyTimed(
  cause: CauseId,
  { ms, start, end }: Measured,
  original: string,
  gateway: GatewayId | null,
): Answer {
  return {
    ...nothingFound(cause),
    confidence: 'possible',
    gateway,
    evidence: [{ text: original.slice(start, end), start, end }],
    evidenceCount: 1,
    why: timerWords(ms, gateway, [cause]),
    details: { elapsedMs: ms },
  };
}
