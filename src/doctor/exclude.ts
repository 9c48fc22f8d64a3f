import type { CauseId } from '../gateway/ids.ts';
import { apartMs, SAME_EVENT_MS, type Correlation } from './correlate.ts';
import { bringsAbout } from './effects.ts';
import type { Finding } from './match.ts';

/**
 * One try of one request at one upstream ends at one stage. Who was refused has sent nothing, so nobody can have
 * answered; two proofs that say both about the same try exclude each other.
 */

/** How far the request came by what the cause says; a cause that says nothing about it has no stage. */
const STAGES = {
  'the name was not found': ['upstream-dns'],
  'no connection was opened': ['upstream-refused', 'upstream-unreachable', 'socket-missing-or-denied'],
  'no TLS session came about': ['tls-handshake', 'tls-certificate'],
  'the request was sent and no complete header came back': [
    'upstream-closed-early',
    'keepalive-race',
    'upstream-timeout',
  ],
  'the upstream had begun to answer': ['upstream-reset-midbody', 'header-too-big'],
  'the upstream answered in full': ['app-error-500', 'not-a-failure'],
} as const satisfies Readonly<Record<string, readonly CauseId[]>>;
const SAID: readonly string[] = Object.keys(STAGES);
const STAGE_OF = new Map<CauseId, number>(
  Object.values(STAGES).flatMap((causes, stage) => causes.map((cause) => [cause, stage] as const)),
);
/** Up to this stage nothing was sent. After it, a gateway that gave up and an upstream that answered late are both right. */
const NOTHING_SENT = 2;

const stageOf = ({ rule }: Finding): number | undefined => STAGE_OF.get(rule.causes[0]);

/** Two statements about one try that cannot both be true. */
export function excludeEachOther(a: Finding, b: Finding): boolean {
  const [first, second] = [stageOf(a), stageOf(b)];
  if (first === undefined || second === undefined || first === second) return false;
  if (Math.min(first, second) > NOTHING_SENT) return false;
  if (bringsAbout(a.rule.causes[0], b.rule.causes[0]) || bringsAbout(b.rule.causes[0], a.rule.causes[0])) return false;
  const tried = [a, b].map(({ details }) => (details.retried === true ? undefined : details.upstream));
  return tried[0] !== undefined && tried[0] === tried[1];
}

/** The upstream's own status: whatever it means for the cause, the answer came. */
const isAnswer = ({ rule, details }: Finding): boolean =>
  (rule.role === 'fine' && details.status !== undefined) || rule.signal.mark?.startsWith('passed-on:') === true;

/** Whichever of its causes it is, nothing of the request was sent. */
const sentNothing = ({ rule, confidence }: Finding): boolean =>
  confidence !== 'possible' && rule.causes.every((cause) => (STAGE_OF.get(cause) ?? NOTHING_SENT + 1) <= NOTHING_SENT);

/** Only what can be read in one way can contradict. */
const isSure = (finding: Finding): boolean =>
  finding.confidence === 'certain' || sentNothing(finding) || isAnswer(finding);

const sameLine = (a: Finding, b: Finding): boolean =>
  a.details.method !== undefined &&
  a.details.path !== undefined &&
  a.details.method === b.details.method &&
  a.details.path === b.details.path;

/** Everything that a search for contradictions looks at. */
interface Sure {
  readonly findings: readonly Finding[];
  readonly original: string;
  readonly all: Correlation;
}

/** By an id; without one, by the time and the request line, as long as no third line could be meant as well. */
function sameRequest(a: Finding, b: Finding, { findings, original, all }: Sure): boolean {
  const relation = all.relation(a, b);
  if (relation === 'request') return true;
  if (relation !== 'connection' && relation !== 'moment') return false;
  const inOneLine = (one: Finding, other: Finding) =>
    !original.slice(Math.min(one.end, other.end), Math.max(one.start, other.start)).includes('\n');
  const third = findings.some((one) => one.more > 0 || (sameLine(a, one) && !inOneLine(a, one) && !inOneLine(b, one)));
  return sameLine(a, b) && !third && (apartMs(a, b) ?? 0) <= SAME_EVENT_MS;
}

export interface Exclusion {
  readonly findings: readonly [Finding, Finding];
  /** Which two proofs, and why not both. */
  readonly text: string;
}

/** More than this many sure findings are not compared one by one: so long a text is a log of many requests. */
const MOST_COMPARED = 400;

/** The first two sure findings about the same try that exclude each other, or null. */
export function exclusionIn(findings: readonly Finding[], original: string, all: Correlation): Exclusion | null {
  const sure = findings.filter((finding) => isSure(finding) && stageOf(finding) !== undefined).slice(0, MOST_COMPARED);
  const search: Sure = { findings: sure, original, all };
  for (const [index, a] of sure.entries())
    for (const b of sure.slice(index + 1))
      if (excludeEachOther(a, b) && sameRequest(a, b, search))
        return { findings: [a, b], text: sentence(a, b, original) };
  return null;
}

const LONGEST_QUOTE = 120;

function sentence(a: Finding, b: Finding, original: string): string {
  const quote = ({ start, end }: Finding) => {
    const words = original.slice(start, end).replaceAll(/\s+/g, ' ');
    return `“${words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words}”`;
  };
  const meaning = (finding: Finding): string =>
    sentNothing(finding) && new Set(finding.rule.causes.map((cause) => STAGE_OF.get(cause))).size > 1
      ? 'nothing of the request was sent'
      : (SAID[stageOf(finding) ?? 0] ?? '');
  const says = (finding: Finding) => `${quote(finding)} says that ${meaning(finding)}`;
  return `${says(a)}, and ${says(b)}. Both are about the same request to ${a.details.upstream ?? 'one upstream'}, so one of them belongs to another request, or to another try.`;
}
