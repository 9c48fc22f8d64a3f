/**
 * Recorded text with long repetitions written short, so that a body of a megabyte does not weigh a megabyte in every
 * browser. Two forms: `{{x*1000}}`, one character a thousand times, and `{{#0..1999 X-N#: 1}}`, lines (ended by CRLF) that
 * differ in a number, where `sorted` after the range means that they come in the order of the alphabet.
 */

const RUN = /([^{}])\1{63,}/gs;
const SHORT_RUN = /\{\{([^{}])\*(\d+)\}\}/gs;
const SHORT_LINES = /\{\{#(\d+)\.\.(\d+)( sorted)? ([^{}]*)\}\}/g;
const NUMBERED = /^(\D*)(\d+)(\D[^{}]*|)$/;
/** Fewer numbered lines than this stay as they are. */
const FEW = 16;

/** Writes repetitions short. */
export const compactText = (text: string): string =>
  compactLines(text).replace(RUN, (run: string, character: string) => `{{${character}*${run.length}}}`);

/** Writes them out again. */
export const expandText = (text: string): string =>
  text.includes('{{')
    ? text
        .replace(SHORT_LINES, (_, from: string, to: string, sorted: string | undefined, line: string) =>
          range(Number(from), Number(to), sorted !== undefined)
            .map((number) => `${line.replace('#', number)}\r\n`)
            .join(''),
        )
        .replace(SHORT_RUN, (_, character: string, count: string) => character.repeat(Number(count)))
    : text;

function range(from: number, to: number, sorted: boolean): string[] {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  return sorted ? numbers.sort() : numbers;
}

function compactLines(text: string): string {
  if (text.split('\r\n', FEW + 1).length <= FEW) return text;
  const lines = text.split('\r\n');
  const written: string[] = [];
  let start = 0;
  while (start < lines.length) {
    const [, before, first, after] = NUMBERED.exec(lines[start] ?? '') ?? [];
    let end = start + 1;
    const numbers = [first ?? ''];
    while (before !== undefined && after !== undefined && end < lines.length - 1) {
      const next = NUMBERED.exec(lines[end] ?? '');
      if (next?.[1] !== before || next[3] !== after) break;
      numbers.push(next[2] ?? '');
      end++;
    }
    const short = numbers.length < FEW || before?.includes('#') ? null : asRange(numbers);
    if (short !== null) written.push(`{{#${short} ${before ?? ''}#${after ?? ''}}}`);
    else
      written.push(
        ...lines.slice(start, end).map((line, index) => line + (start + index < lines.length - 1 ? '\r\n' : '')),
      );
    start = end;
  }
  return written.join('');
}

function asRange(numbers: readonly string[]): string | null {
  const values = numbers.map(Number);
  const from = Math.min(...values);
  const to = Math.max(...values);
  if (to - from + 1 !== numbers.length) return null;
  for (const sorted of [false, true]) {
    if (range(from, to, sorted).join() === numbers.join()) return `${from}..${to}${sorted ? ' sorted' : ''}`;
  }
  return null;
}
