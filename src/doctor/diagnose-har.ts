import type { GatewayId } from '../gateway/ids.ts';
import type { Details } from './facts.ts';
import { entryText, type HarEntry } from './har.ts';
import { infer, RANK, type Claim } from './infer.ts';
import { gatewayOf } from './made-by.ts';
import { findAll, type Finding } from './match.ts';

/** Each request of a HAR file is judged by itself: what one of them shows says nothing about another. */

interface Judged {
  readonly claim: Claim;
  readonly entry: HarEntry;
}

function detailsOf({ url, method, status, elapsedMs }: HarEntry): Details {
  const address = URL.parse(url);
  return {
    ...{ method, status },
    ...(address === null ? {} : { host: address.hostname, path: address.pathname }),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
  };
}

function judge(entry: HarEntry): readonly Judged[] {
  const { text, placeOf } = entryText(entry);
  const gateway: GatewayId | null = gatewayOf(text);
  const { url, method, status, address } = entry;
  const inFile = (finding: Finding): Finding => ({
    ...finding,
    ...placeOf(finding),
    details: { ...finding.details, ...detailsOf(entry) },
    entry: { url, method, status, ...address },
  });
  const moved = (claim: Claim): Claim => ({
    ...claim,
    gateway: claim.gateway ?? gateway,
    findings: claim.findings.map(inFile),
  });
  return infer(findAll(text), text).claims.map((claim) => ({ claim: moved(claim), entry }));
}

/** Failures of a server, and requests without an answer, before those that the request itself is to blame for. */
const isSevere = ({ entry: { status } }: Judged): boolean => status >= 500 || status === 0;

function merge(all: readonly Judged[]): Claim {
  const claims = all.map(({ claim }) => claim);
  const best = claims.reduce((a, b) => (RANK[b.confidence] > RANK[a.confidence] ? b : a));
  return {
    ...best,
    findings: [...best.findings, ...claims.filter((claim) => claim !== best).flatMap(({ findings }) => findings)],
    others: [...new Set(claims.flatMap(({ others }) => others))],
    effects: claims.flatMap(({ effects }) => effects),
    gateway: claims.find(({ gateway }) => gateway !== null)?.gateway ?? null,
  };
}

/** The causes of the requests that failed, best first; one for each cause, whatever the number of its requests. */
export function claimsOfEntries(entries: readonly HarEntry[]): readonly Claim[] {
  const byCause = [...Map.groupBy(entries.flatMap(judge), ({ claim }) => claim.cause).values()];
  const weigh = (all: readonly Judged[]) =>
    (all.some(isSevere) ? 10 : 0) + Math.max(...all.map(({ claim }) => RANK[claim.confidence]));
  return [...byCause].sort((a, b) => weigh(b) - weigh(a)).map(merge);
}
