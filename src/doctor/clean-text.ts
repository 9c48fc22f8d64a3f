/**
 * People paste evidence with colors, quotes, tabs, typographic quotation marks and escapes. The rules read a cleaned
 * copy; every position of it leads back to the original, so that the reader's own text is what gets highlighted.
 */

export interface CleanText {
  /** One space for any run of blanks, no color codes, straight quotation marks, escapes of JSON and HTML undone. */
  readonly text: string;
  /** Position in the original of a position in `text`; `text.length` leads to the original's end. */
  readonly toOriginal: (position: number) => number;
}

/** HTML entities and JSON escapes that stand for one character. */
const ESCAPES: readonly (readonly [written: string, meant: string])[] = [
  ['\\"', '"'],
  ['\\/', '/'],
  ['\\n', ' '],
  ['\\r', ' '],
  ['\\t', ' '],
  ['\\u003c', '<'],
  ['\\u003e', '>'],
  ['\\u0026', '&'],
  ['&#39;', "'"],
  ['&#x27;', "'"],
  ['&quot;', '"'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&nbsp;', ' '],
];

const SAME_MEANING: Readonly<Record<string, string>> = {
  '\t': ' ',
  '\u00a0': ' ',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
};

/** Length of a color code or another terminal sequence that starts here, 0 if none does. */
function terminalSequence(original: string, at: number): number {
  if (original.charCodeAt(at) !== 0x1b || original[at + 1] !== '[') return 0;
  let end = at + 2;
  while (end < original.length && end < at + 32 && original.charCodeAt(end) < 0x40) end += 1;
  return end + 1 - at;
}

/** A reply that quotes another mail: most lines begin with `>`. What curl prints begins with `<` too and is left alone. */
export function looksQuoted(original: string): boolean {
  const lines = original.slice(0, 20_000).split('\n');
  const quoted = lines.filter((line) => line.startsWith('>')).length;
  return quoted > lines.length / 2 && !lines.some((line) => line.startsWith('< ') || line.startsWith('* '));
}

const BLANK = 32;
const LINE_BREAK = 10;
const SKIPPED = new Set(['\r', '\u200b', '\ufeff']);

/** What stands at a position, what it means, and how long it is as written. */
function read(original: string, at: number, quote: boolean): readonly [meant: string, length: number] {
  const character = original.charAt(at);
  if (SKIPPED.has(character) || (quote && character === '>')) return ['', 1];
  if (character === '\u001b') return ['', Math.max(1, terminalSequence(original, at))];
  if (character !== '\\' && character !== '&') return [SAME_MEANING[character] ?? character, 1];
  const escape = ESCAPES.find(([written]) => original.startsWith(written, at));
  return escape === undefined ? [character, 1] : [escape[1], escape[0].length];
}

/** Cleans one piece of a paste. */
export function cleanText(original: string, options: { readonly quoted?: boolean } = {}): CleanText {
  const positions = new Uint32Array(original.length + 1);
  const units = new Uint16Array(original.length);
  let length = 0;
  let last = LINE_BREAK;
  let at = 0;
  while (at < original.length) {
    const [meant, written] = read(original, at, options.quoted === true && last === LINE_BREAK);
    const unit = meant === '' ? BLANK : meant.charCodeAt(0);
    if (meant !== '' && !(unit === BLANK && (last === BLANK || last === LINE_BREAK))) {
      positions[length] = at;
      units[length] = unit;
      length += 1;
      last = unit;
    }
    at += written;
  }
  positions[length] = original.length;
  const text = new TextDecoder('utf-16le').decode(units.subarray(0, length));
  return { text, toOriginal: (position) => positions[Math.min(position, length)] ?? original.length };
}
