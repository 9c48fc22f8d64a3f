import type { CauseId, GatewayId } from '../gateway/ids.ts';
import { apartMs, correlate, otherUpstream, SAME_EVENT_MS, type Correlation, type Relation } from './correlate.ts';
import { bringsAbout, isGatewayFailure } from './effects.ts';
import { excludeEachOther, exclusionIn, type Exclusion } from './exclude.ts';
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

/** Confidence as a number, to compare. */
export const RANK: Readonly<Record<Confidence, number>> = { certain: 3, likely: 2, possible: 1 };

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
  const best = findings.reduce((a, b) => (RANK[b.confidence] > RANK[a.confidence] ? b : a));
  const programs = new Set(findings.map(({ set }) => set.program));
  const agreed = best.confidence === 'likely' && programs.size > 1 && best.rule.role === 'root';
  return {
    cause,
    confidence: agreed ? 'certain' : best.confidence,
    role: best.rule.role,
    findings,
    others,
    gateway: findings.find(({ gateway }) => gateway !== null)?.gateway ?? null,
    effects: [],
  };
}

/** Roots that hold for every request to an upstream, not only for the one that met them. */
const LASTING = new Set<CauseId>([
  'worker-crashed',
  'overload',
  'gateway-misconfig',
  'protocol-mismatch',
  'socket-missing-or-denied',
  'tls-certificate',
  'upstream-refused',
  'upstream-unreachable',
  'upstream-dns',
]);

const isSameRequest = (relation: Relation) => relation === 'request' || relation === 'connection';

/** Two gateways that nothing links tell two stories. */
const mayBeOneGateway = (a: Finding, b: Finding) => a.gateway === null || b.gateway === null || a.gateway === b.gateway;

/** Could these two findings be about the same event? */
function sameEvent(root: Finding, effect: Finding, [cause, brought]: readonly [CauseId, CauseId], all: Correlation) {
  const relation = all.relation(root, effect);
  if (isSameRequest(relation)) return true;
  if (brought === 'no-healthy-upstream') {
    // Servers stay marked down, whoever asks next; and the name of a group is not the address of its servers.
    const apart = apartMs(root, effect);
    if (apart === null || root.time === null || effect.time === null)
      return mayBeOneGateway(root, effect) && !all.inOtherStory(root, effect);
    return apart <= MARKED_DOWN_MS && root.time.ms <= effect.time.ms + SAME_EVENT_MS;
  }
  if (relation === 'unknown') return mayBeOneGateway(root, effect);
  return relation === 'other' ? LASTING.has(cause) : relation !== 'apart';
}

/** The same request met both, and the other one came first. */
function cameLater(late: Finding, early: Finding, all: Correlation): boolean {
  if (!isSameRequest(all.relation(early, late)) || otherUpstream(early, late)) return false;
  const clock = early.time === null || late.time === null ? 0 : late.time.ms - early.time.ms;
  return clock > 0 || (clock === 0 && late.start > early.start);
}

/** Did the root bring about this finding of another cause? */
function explains(root: Claim, effect: Claim, finding: Finding, all: Correlation): boolean {
  if (RANK[root.confidence] < 2) return false;
  if (bringsAbout(root.cause, effect.cause))
    return root.findings.some((early) => sameEvent(early, finding, [root.cause, effect.cause], all));
  if (!isGatewayFailure(root.cause) || bringsAbout(effect.cause, root.cause)) return false;
  return root.findings.some((early) => cameLater(finding, early, all) && !excludeEachOther(early, finding));
}

/** What is left of each claim when the findings that another claim explains are taken out of it. */
function withEffects(claims: readonly Claim[], all: Correlation): readonly Claim[] {
  const rootOf = new Map<Claim, Claim>();
  const left = new Map<Claim, readonly Finding[]>();
  for (const effect of claims) {
    const own = effect.findings.filter((finding) => {
      const root = claims.find((other) => other !== effect && explains(other, effect, finding, all));
      if (root !== undefined && !rootOf.has(effect)) rootOf.set(effect, root);
      return root === undefined;
    });
    left.set(effect, own);
  }
  const topOf = (claim: Claim): Claim => {
    const seen = new Set<Claim>();
    let top = claim;
    for (let root = rootOf.get(top); root !== undefined && !seen.has(top); root = rootOf.get(top)) {
      seen.add(top);
      top = root;
    }
    return top;
  };
  const kept = claims.filter((claim) => (left.get(claim) ?? []).length > 0 || topOf(claim) === claim);
  return kept.map((claim) => {
    const own = left.get(claim) ?? [];
    const rest =
      own.length === 0 || own.length === claim.findings.length ? claim : claimOf(claim.cause, own, claim.others);
    return { ...rest, effects: claims.filter((other) => other !== claim && topOf(other) === claim) };
  });
}

/** Symptoms of another incident than all of the roots: nothing in the text explains them. */
function unexplained(symptoms: readonly Claim[], roots: readonly Claim[], all: Correlation): readonly Claim[] {
  return symptoms.flatMap((claim) => {
    if (RANK[claim.confidence] < 2 || !isGatewayFailure(claim.cause)) return [];
    if (roots.some(({ cause }) => cause === claim.cause)) return [];
    const own = claim.findings.filter((finding) =>
      roots.every(({ findings }) => findings.every((root) => all.relation(root, finding) === 'apart')),
    );
    return own.length === 0 ? [] : [claimOf(claim.cause, own, claim.others)];
  });
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

export interface Inference {
  /** Best first. */
  readonly claims: readonly Claim[];
  /** Two proofs of one request that cannot both be true. */
  readonly exclusion: Exclusion | null;
}

/** Nothing is certain in a text that contradicts itself, and what the other proof says is heard as well. */
function withBothSides(kept: readonly Claim[], claims: readonly Claim[], { findings }: Exclusion): readonly Claim[] {
  const sides = claims.filter((claim) => claim.findings.some((finding) => findings.includes(finding)));
  const unheard = sides.filter(({ cause }) => !kept.some((claim) => claim.cause === cause));
  return [...kept, ...unheard].map((claim) =>
    claim.confidence === 'certain' ? { ...claim, confidence: 'likely' } : claim,
  );
}

/** The causes that the findings add up to. Roots put symptoms and effects in their place. */
export function infer(findings: readonly Finding[], original: string): Inference {
  const claims = gather(findings, original);
  const roots = claims.filter(({ role }) => role === 'root');
  const symptoms = claims.filter(({ role }) => role === 'symptom');
  const all = correlate(original);
  const explained = [...withEffects(roots, all), ...unexplained(symptoms, roots, all)];
  const kept = roots.length > 0 ? explained : symptoms.length > 0 ? symptoms : claims;
  const exclusion = exclusionIn(findings, original, all);
  const weigh = (claim: Claim) =>
    RANK[claim.confidence] * 2 +
    (isGatewayFailure(claim.cause) ? 1 : 0) +
    (claim.findings.some(({ set }) => set.program !== 'HTTP') ? 0.5 : 0);
  const heard = exclusion === null ? kept : withBothSides(kept, claims, exclusion);
  return { claims: [...heard].sort((a, b) => weigh(b) - weigh(a) || order(a, b)), exclusion };
}
