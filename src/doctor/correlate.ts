import { distance } from './line-time.ts';
import type { Finding } from './match.ts';
import { compareIds, NGINX_KIND, requestIdsOf, type RequestId } from './request-ids.ts';

/**
 * Which findings are about the same request, and which about different incidents: by the ids that programs give a
 * request, by the clock, by the upstream, and by the words with which people part two stories.
 */

/**
 * `request`: the very same. `connection`: the same connection, and nothing that tells two requests apart. `moment`: the
 * same time. `unknown`: nothing speaks against it. `other`: another request of the same time. `apart`: another incident.
 */
export type Relation = 'request' | 'connection' | 'moment' | 'unknown' | 'other' | 'apart';

export interface Correlation {
  readonly relation: (a: Finding, b: Finding) => Relation;
  /** A heading between them says that they belong to two stories. */
  readonly inOtherStory: (a: Finding, b: Finding) => boolean;
}

/** Two programs that log the same event do so within this time, ms. */
export const SAME_EVENT_MS = 2000;

/** `Incident 2:`, `Case B`, `Second outage`: a heading of a person who tells two stories. */
const HEADING =
  /^[^\w\n]{0,8}(?:(?:incident|case|outage|failure|problem|event|story)[ #]{1,2}(?:no\. ?)?(?:\d{1,4}|[A-Z])\b|(?:first|second|third|another|other) (?:incident|case|outage|failure|problem|event)\b)[^\n]{0,80}$/gim;

/** A longer text is a log, and people write no headings into logs. */
const LONGEST_STORY = 500_000;

/** Formats that log when a request began, not when it ended. */
const LOGS_THE_START = new Set(['HAProxy']);

const spanMs = ({ set, details }: Finding): number =>
  LOGS_THE_START.has(set.program) || set.gateway === 'envoy' ? (details.elapsedMs ?? 0) : 0;

/** How far apart two findings were written, ms; null where one bears no time. */
export function apartMs(a: Finding, b: Finding): number | null {
  if (a.time === null || b.time === null) return null;
  return Math.max(0, distance(a.time, b.time) - Math.max(spanMs(a), spanMs(b)));
}

const ADDRESS = /^\[?[0-9a-f.:]{2,45}\]?(?::\d{1,5})?$/i;

/** Different upstreams, written in a way in which one upstream has one writing. */
export function otherUpstream(a: Finding, b: Finding): boolean {
  const [first, second] = [a.details.upstream, b.details.upstream];
  if (first === undefined || second === undefined || first === second) return false;
  const sameWriting = ADDRESS.test(first) === ADDRESS.test(second);
  return sameWriting && (a.gateway === b.gateway || a.set.program === b.set.program);
}

/** How far header lines are looked for, characters. */
const BLOCK = 1500;
const EMPTY_LINE = /\n\r?\n/;

/** The lines around a finding up to the next empty ones: headers stand there in lines of their own. */
function blockAround(original: string, { start, end }: Finding): string {
  const before = original.slice(Math.max(0, start - BLOCK), start);
  const after = original.slice(end, end + BLOCK);
  const parts = [before.split(EMPTY_LINE).at(-1), original.slice(start, end), after.split(EMPTY_LINE)[0]];
  return parts.join('');
}

const HEADER_KINDS = new Set([
  'ray',
  'x-request-id',
  'x-amzn-requestid',
  'x-amzn-request-id',
  'trace',
  'x-correlation-id',
]);

/** Ids that stand in header lines beside the finding, as long as there is but one of a kind. */
function idsBeside(original: string, finding: Finding): readonly RequestId[] {
  const all = requestIdsOf(blockAround(original, finding)).filter(({ kind }) => HEADER_KINDS.has(kind));
  return all.filter(({ kind }) => all.filter((other) => other.kind === kind).length === 1);
}

/** No method and no path that would tell two requests apart. */
function samePath(a: Finding, b: Finding): boolean {
  const [first, second] = [a.details, b.details];
  const differ = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other;
  return !differ(first.path, second.path) && !differ(first.method, second.method);
}

/** Puts the findings of one text in relation to each other. */
export function correlate(original: string): Correlation {
  const headings = original.length > LONGEST_STORY ? [] : [...original.matchAll(HEADING)].map(({ index }) => index);
  const storyOf = ({ start }: Finding) => headings.filter((at) => at <= start).length;
  const inOtherStory = (a: Finding, b: Finding) => headings.length > 1 && storyOf(a) !== storyOf(b);
  const known = new Map<Finding, readonly RequestId[]>();
  const idsOf = (finding: Finding): readonly RequestId[] => {
    const before = known.get(finding);
    if (before !== undefined) return before;
    const ids = finding.ids.length > 0 ? finding.ids : idsBeside(original, finding);
    known.set(finding, ids);
    return ids;
  };
  const relation = (a: Finding, b: Finding): Relation => {
    const [first, second] = [idsOf(a), idsOf(b)];
    const ids = compareIds(first, second);
    const shared = first.filter(({ value }) => second.some((id) => id.value === value));
    const byConnectionOnly = shared.every(({ kind }) => kind === NGINX_KIND);
    if (ids === 'same' && !byConnectionOnly) return 'request';
    if (ids === 'same' && samePath(a, b)) return 'connection';
    if (inOtherStory(a, b)) return 'apart';
    const apart = apartMs(a, b);
    if (apart !== null && apart > SAME_EVENT_MS) return 'apart';
    if (otherUpstream(a, b)) return 'apart';
    if (ids === 'other' || (a.set.program === b.set.program && !samePath(a, b))) return 'other';
    return apart === null ? 'unknown' : 'moment';
  };
  return { relation, inOtherStory };
}
