import type { CauseId, GatewayId } from '../gateway/ids.ts';
import { bringsAbout, isGatewayFailure } from './effects.ts';
import { distance } from './line-time.ts';
import type { Finding } from './match.ts';
import type { Confidence, Role } from './rule.ts';
import { causesOf } from './side.ts';

/** One cause with everything that speaks for it. */
export interface Claim {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly role: Role;
  readonly findings: readonly Finding[];
  /** What the same words may mean as well. */
  readonly others: readonly CauseId[];
  readonly gateway: GatewayId | null;
  /** Causes seen as well, which this one brought about. */
  readonly effects: readonly Claim[];
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 3, likely: 2, possible: 1 };

/** Two programs that log the same event do so within this time, ms. */
const SAME_EVENT_MS = 2000;
/** Servers stay marked down for a while after the failure that took them out. */
const MARKED_DOWN_MS = 10 * 60_000;

function gather(findings: readonly Finding[], original: string): readonly Claim[] {
  const byCause = new Map<CauseId, { findings: Finding[]; others: CauseId[] }>();
  for (const finding of findings) {
    const [cause, ...others] = causesOf(finding, original);
    const entry = byCause.get(cause) ?? { findings: [], others: [] };
    entry.findings.push(finding);
    entry.others.push(...others.filter((other) => !entry.others.includes(other)));
    byCause.set(cause, entry);
  }
  return [...byCause].map(([cause, entry]) => claimOf(cause, entry.findings, entry.others));
}

function claimOf(cause: CauseId, all: readonly Finding[], others: readonly CauseId[]): Claim {
  const roots = all.filter(({ rule }) => rule.role === 'root');
  const findings = roots.length > 0 ? roots : all;
  const best = findings.reduce((a, b) => (RANK[b.rule.confidence] > RANK[a.rule.confidence] ? b : a));
  const programs = new Set(findings.map(({ set }) => set.program));
  const agreed = best.rule.confidence === 'likely' && programs.size > 1 && best.rule.role === 'root';
  return {
    cause,
    confidence: agreed ? 'certain' : best.rule.confidence,
    role: best.rule.role,
    findings,
    others,
    gateway: findings.find(({ gateway }) => gateway !== null)?.gateway ?? null,
    effects: [],
  };
}

/** Could these two findings be about the same event? */
function sameEvent(root: Finding, effect: Finding, cause: CauseId): boolean {
  if (root.time === null || effect.time === null) return true;
  const apart = distance(root.time, effect.time);
  if (cause !== 'no-healthy-upstream') return apart <= SAME_EVENT_MS;
  return apart <= MARKED_DOWN_MS && root.time.ms <= effect.time.ms + SAME_EVENT_MS;
}

const isEffectOf = (effect: Claim, root: Claim): boolean =>
  bringsAbout(root.cause, effect.cause) &&
  RANK[root.confidence] >= 2 &&
  effect.findings.every((late) => root.findings.some((early) => sameEvent(early, late, effect.cause)));

function withEffects(claims: readonly Claim[]): readonly Claim[] {
  const effects = new Map<Claim, Claim>();
  for (const effect of claims) {
    const root = claims.find((other) => other !== effect && isEffectOf(effect, other));
    if (root !== undefined) effects.set(effect, root);
  }
  return claims
    .filter((claim) => !effects.has(claim))
    .map((claim) => ({ ...claim, effects: claims.filter((other) => effects.get(other) === claim) }));
}

const startOf = (claim: Claim) => Math.min(...claim.findings.map(({ start }) => start));

/** Negative if `a` came first: by the clock where all lines have a time, else by their order in the text. */
function order(a: Claim, b: Claim): number {
  const [first, second] = [a, b].map((claim) => claim.findings.map(({ time }) => time?.ms ?? NaN));
  const times = [...(first ?? []), ...(second ?? [])];
  if (times.every(Number.isFinite)) {
    const apart = Math.min(...(first ?? [])) - Math.min(...(second ?? []));
    if (apart !== 0) return apart;
  }
  return startOf(a) - startOf(b);
}

/** The causes that the findings add up to, best first. Roots put symptoms and effects in their place. */
export function infer(findings: readonly Finding[], original: string): readonly Claim[] {
  const claims = gather(findings, original);
  const roots = claims.filter(({ role }) => role === 'root');
  const symptoms = claims.filter(({ role }) => role === 'symptom');
  const kept = roots.length > 0 ? withEffects(roots) : symptoms.length > 0 ? symptoms : claims;
  const weigh = (claim: Claim) =>
    RANK[claim.confidence] * 2 +
    (isGatewayFailure(claim.cause) ? 1 : 0) +
    (claim.findings.some(({ set }) => set.program !== 'HTTP') ? 0.5 : 0);
  return [...kept].sort((a, b) => weigh(b) - weigh(a) || order(a, b));
}
