import type { Span } from './facts.ts';

/** How long a request took, in the words of logs, of `curl -w` and of error messages. */

const MILLISECONDS = [
  /\b(?:duration|duration_ms|total_time_ms|elapsed|took|after|in) ?[=:]? ?"?(\d{1,9}(?:\.\d{1,6})?)(?: ?ms| milliseconds)\b/i,
  /\b(?:total_time_ms|duration_milliseconds|durationMs|duration_ms|responseLatency|integrationLatency|response_latency)"?[=:] ?"?(\d{1,9})\b/i,
  /\bDuration: (\d{1,9}(?:\.\d{1,6})?) ms\b/,
  /\bservice=(\d{1,9})ms/,
];
const SECONDS = [
  /\b(?:time_total|request_time|upstream_response_time|urt|rt)"?\)? ?[=:]? ?"?(\d{1,6}\.\d{1,9})\b(?!\.)/,
  /"(?:duration|latency|elapsed|request_time|requestTime|timeTaken)": ?"?(\d{1,6}\.\d{1,9})s?"?[,}\s]/,
  /\b(?:took|after|elapsed|duration|latency) ?[=:]? ?"?(\d{1,6}(?:\.\d{1,9})?) ?(?:s|secs?|seconds)\b/i,
  /\b(?:connect|first byte|ttfb|starttransfer)\b[^\n]{0,120}\btotal:? ?(\d{1,6}\.\d{1,9})\b/i,
];
/** What only a measurement of a request is called. */
const MEASURED =
  /\b(?:time_total|request_time|upstream_response_time)"?\)? ?[=:]? ?"?(?<seconds>\d{1,6}\.\d{1,9})\b(?!\.)|\b(?:first byte|ttfb|starttransfer)\b[^\n]{0,120}\btotal:? ?(?<total>\d{1,6}\.\d{1,9})\b/dgi;

const HEAD = 20_000;
/** The request and its upstream are measured by two clocks that start at different moments. */
const SAME_MS = 100;

function first(text: string, patterns: readonly RegExp[]): number | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

/** The elapsed time that a line gives, ms. */
export function elapsedOf(line: string): number | undefined {
  const ms = first(line, MILLISECONDS);
  if (ms !== undefined) return Math.round(ms);
  const seconds = first(line, SECONDS);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

export interface Measured extends Span {
  readonly ms: number;
}

/** The one time that was measured in the beginning of a text; null where there is none, or where there are several. */
export function measuredIn(text: string): Measured | null {
  const found = [...text.slice(0, HEAD).matchAll(MEASURED)].map((match): Measured => {
    const [start, end] = match.indices?.groups?.seconds ?? match.indices?.groups?.total ?? [match.index, match.index];
    return { ms: Math.round(Number(text.slice(start, end)) * 1000), start, end };
  });
  const [one] = found;
  return one !== undefined && found.every(({ ms }) => Math.abs(ms - one.ms) <= SAME_MS) ? one : null;
}
