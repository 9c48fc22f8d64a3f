/** The reader's text as rows to show: whole when it is short, else the lines around each proof. */

/** A stretch of a line. `quotes` are the proofs that it belongs to, as {@link quoteId}s. */
export interface Part {
  readonly text: string;
  readonly quotes: readonly string[];
}

export type Row =
  | { readonly kind: 'line'; readonly number: number; readonly parts: readonly Part[] }
  | { readonly kind: 'gap'; readonly lines: number };

export interface Quote {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** Names one proof of one cause, both counted from 0. */
export const quoteId = (cause: number, proof: number): string => `${cause}-${proof}`;

/** A text up to this length is shown whole. */
const MOST_WHOLE = 30_000;
/** Lines shown before and after a proof. */
const AROUND = 3;
/** Longer stretches without a proof are shortened in the middle. */
const MOST_PLAIN = 600;
const END_KEPT = 200;

interface Window {
  readonly start: number;
  readonly end: number;
}

const breaksIn = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

/** From the start of a line to the end of one, with some lines around the quote. */
function windowAround(text: string, { start, end }: Quote): Window {
  let from = start;
  for (let line = 0; line <= AROUND && from > 0; line += 1) from = text.lastIndexOf('\n', from - 1);
  let to = end;
  for (let line = 0; line <= AROUND && to < text.length; line += 1) {
    const next = text.indexOf('\n', line === 0 ? to : to + 1);
    to = next === -1 ? text.length : next;
  }
  return { start: from <= 0 ? 0 : from + 1, end: to };
}

function windowsOf(text: string, quotes: readonly Quote[]): readonly Window[] {
  if (text.length <= MOST_WHOLE) return [{ start: 0, end: text.length }];
  if (quotes.length === 0) {
    const end = text.indexOf('\n', MOST_WHOLE / 10);
    return [{ start: 0, end: end === -1 ? text.length : end }];
  }
  const merged: Window[] = [];
  for (const window of quotes.map((quote) => windowAround(text, quote)).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && window.start <= last.end + 1)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, window.end) };
    else merged.push(window);
  }
  return merged;
}

/** One line, cut where a quote begins or ends. */
function partsOf(text: string, start: number, end: number, quotes: readonly Quote[]): readonly Part[] {
  const here = quotes.filter((quote) => quote.start < end && quote.end > start);
  const cuts = [...new Set([start, end, ...here.flatMap((quote) => [quote.start, quote.end])])]
    .filter((cut) => cut >= start && cut <= end)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? end;
    const own = here.filter((quote) => quote.start <= from && quote.end >= to).map(({ id }) => id);
    return { text: shortened(text, from, to, own.length > 0), quotes: own };
  });
}

function shortened(text: string, from: number, to: number, proof: boolean): string {
  const most = proof ? 4 * MOST_PLAIN : MOST_PLAIN;
  if (to - from <= most) return text.slice(from, to);
  return `${text.slice(from, from + END_KEPT)} … ${text.slice(to - END_KEPT, to)}`;
}

/** The rows of a text with its proofs marked. */
export function evidenceRows(text: string, quotes: readonly Quote[]): readonly Row[] {
  const rows: Row[] = [];
  let at = 0;
  let number = 1;
  for (const window of windowsOf(text, quotes)) {
    const skipped = breaksIn(text, at, window.start);
    if (skipped > 0) rows.push({ kind: 'gap', lines: skipped });
    number += skipped;
    let start = window.start;
    while (start <= window.end) {
      const next = text.indexOf('\n', start);
      const end = next === -1 || next > window.end ? window.end : next;
      const shown = text.charAt(end - 1) === '\r' ? end - 1 : end;
      rows.push({ kind: 'line', number, parts: partsOf(text, start, shown, quotes) });
      number += 1;
      start = end + 1;
    }
    at = start;
  }
  const rest = at < text.length ? breaksIn(text, at, text.length) + (text.endsWith('\n') ? 0 : 1) : 0;
  if (rest > 0) rows.push({ kind: 'gap', lines: rest });
  return rows;
}

/** The first line that a quote stands in; null when it is not among the rows. */
export const rowOf = (rows: readonly Row[], id: string): Extract<Row, { kind: 'line' }> | null =>
  rows.find(
    (row): row is Extract<Row, { kind: 'line' }> =>
      row.kind === 'line' && row.parts.some(({ quotes }) => quotes.includes(id)),
  ) ?? null;

/** The rows as text, to be passed on. What was left out is said in a line of its own. */
export const rowsText = (rows: readonly Row[]): string =>
  rows
    .map((row) =>
      row.kind === 'gap'
        ? `[${row.lines.toLocaleString('en-US')} ${row.lines === 1 ? 'line' : 'lines'} left out]`
        : row.parts.map(({ text }) => text).join(''),
    )
    .join('\n');
