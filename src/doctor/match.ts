import type { GatewayId } from '../gateway/ids.ts';
import { cleanText, looksQuoted } from './clean-text.ts';
import type { Details, RequestPlace, Span } from './facts.ts';
import { detailsOf } from './line-details.ts';
import { timeOf, type LineTime } from './line-time.ts';
import { searchFor, type Search } from './pattern.ts';
import { READERS } from './readers/index.ts';
import { requestIdsOf, type RequestId } from './request-ids.ts';
import type { Confidence, Rule, RuleSet, Side } from './rule.ts';
import { RULE_SETS } from './rules/index.ts';
import { prepareSignals, weigh, type Prepared as PreparedSignal } from './weigh.ts';

/** A rule that found its proof. Spans count in the original text. */
export interface Finding extends Span {
  readonly rule: Rule;
  readonly set: RuleSet;
  /** How sure the rule is here: as it says, or less where a further sign is missing. */
  readonly confidence: Confidence;
  readonly side: Side;
  readonly gateway: GatewayId | null;
  readonly time: LineTime | null;
  readonly details: Details;
  /** Names of the request in this line. */
  readonly ids: readonly RequestId[];
  /** The request of a HAR file that it was found in. */
  readonly entry?: RequestPlace;
  /** How often the rule found proof after this place without a finding of its own: only the first few are kept. */
  readonly more: number;
}

interface Prepared {
  readonly rule: Rule;
  readonly set: RuleSet;
  readonly search: Search | null;
  readonly needs: RegExp | null;
  readonly unless: RegExp | null;
  readonly signals: readonly PreparedSignal[];
}

const spaced = (pattern: RegExp | undefined) => (pattern === undefined ? null : searchFor(pattern).expression);

const PREPARED: readonly Prepared[] = RULE_SETS.flatMap((set) =>
  set.rules.map((rule) => ({
    rule,
    set,
    search: rule.signal.pattern === undefined ? null : searchFor(rule.signal.pattern),
    needs: spaced(rule.needs),
    unless: spaced(rule.unless),
    signals: prepareSignals(rule.signals),
  })),
);
const BY_MARK = Map.groupBy(
  PREPARED.filter(({ rule }) => rule.signal.mark !== undefined),
  ({ rule }) => rule.signal.mark ?? '',
);

/** Places kept for one rule; the rest is counted. */
const KEPT = 20;
const PIECE = 256 * 1024;

/** The text in pieces that end with a line, as long as lines are not longer than a piece. */
function* pieces(text: string): Generator<{ readonly text: string; readonly start: number }> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + PIECE, text.length);
    const lineEnd = text.lastIndexOf('\n', end - 1) + 1;
    if (end < text.length && lineEnd > start) end = lineEnd;
    yield { text: text.slice(start, end), start };
    start = end;
  }
}

/** Everything the rules find in a paste, in the order of the text. */
export function findAll(original: string, progress: (done: number) => void = () => undefined): readonly Finding[] {
  const quoted = looksQuoted(original);
  let head: string | undefined;
  const paste = () => (head ??= cleanText(original.slice(0, PIECE), { quoted }).text);
  const found = new Map<Rule, { readonly kept: Finding[]; more: number }>();
  const keep = (prepared: Prepared, span: Span, line: string, details: Details) => {
    const { rule, set } = prepared;
    const confidence = weigh(rule.confidence, prepared.signals, { line: () => line, paste });
    if (confidence === null) return;
    const entry = found.get(rule) ?? { kept: [], more: 0 };
    found.set(rule, entry);
    if (entry.kept.length >= KEPT) {
      entry.more += 1;
      return;
    }
    const ids = requestIdsOf(line);
    const { requestId } = details;
    entry.kept.push({
      ...span,
      rule,
      set,
      confidence,
      side: set.side,
      gateway: set.gateway,
      time: timeOf(line),
      details: { ...detailsOf(line), ...details },
      ids: requestId === undefined ? ids : [{ kind: 'x-request-id', value: requestId }, ...ids],
      more: 0,
    });
  };
  for (const piece of pieces(original)) {
    const { text, toOriginal } = cleanText(piece.text, { quoted });
    const place = (start: number, end: number): Span => ({
      start: piece.start + toOriginal(start),
      end: piece.start + toOriginal(Math.max(start, end - 1)) + 1,
    });
    matchWords(text, (prepared, start, end) => {
      const line = lineAround(text, start, end);
      if (prepared.unless !== null && hit(prepared.unless, line)) return;
      keep(prepared, place(start, end), line, {});
    });
    matchLines(text, (prepared, start, end, line, details) => {
      keep(prepared, place(start, end), line, details);
    });
    progress((piece.start + piece.text.length) / original.length);
  }
  const findings = [...found.values()].flatMap(({ kept, more }) =>
    kept.map((finding, index) => (index === kept.length - 1 ? { ...finding, more } : finding)),
  );
  return findings
    .filter(({ rule }) => rule.needs === undefined || hit(searchFor(rule.needs).expression, paste()))
    .sort((a, b) => a.start - b.start);
}

function hit(expression: RegExp, text: string): boolean {
  expression.lastIndex = 0;
  return expression.test(text);
}

/** The line or lines that a match lies in. */
function lineAround(text: string, start: number, end: number): string {
  const from = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
  const next = text.indexOf('\n', end);
  return text.slice(Math.max(from, start - 2000), next === -1 ? end + 2000 : Math.min(next, end + 2000));
}

function matchWords(text: string, report: (prepared: Prepared, start: number, end: number) => void): void {
  const lower = text.toLowerCase();
  for (const prepared of PREPARED) {
    const { search } = prepared;
    if (search === null || (search.literal !== '' && !lower.includes(search.literal))) continue;
    search.expression.lastIndex = 0;
    for (const match of text.matchAll(search.expression)) report(prepared, match.index, match.index + match[0].length);
  }
}

function matchLines(
  text: string,
  report: (prepared: Prepared, start: number, end: number, line: string, details: Details) => void,
): void {
  const readers = READERS.filter(({ sign }) => text.includes(sign));
  if (readers.length === 0) return;
  for (const { line, start } of lines(text))
    for (const reader of readers) {
      if (!line.includes(reader.sign)) continue;
      const facts = reader.read(line);
      for (const mark of facts?.marks ?? [])
        for (const prepared of BY_MARK.get(mark.name) ?? []) {
          if (prepared.unless !== null && hit(prepared.unless, line)) continue;
          report(prepared, start + mark.start, start + mark.end, line, facts?.details ?? {});
        }
    }
}

const LONGEST_LINE = 20_000;
/** What two parts of a very long line have in common, so that nothing is cut in two. */
const OVERLAP = 500;

function* lines(text: string): Generator<{ readonly line: string; readonly start: number }> {
  let start = 0;
  while (start < text.length) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd === -1 ? text.length : lineEnd;
    for (let from = start; from < end; from += LONGEST_LINE)
      yield { line: text.slice(from, Math.min(end, from + LONGEST_LINE + OVERLAP)), start: from };
    start = end + 1;
  }
}
