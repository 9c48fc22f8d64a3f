/** How the words of a card are laid out. */

/** Width of a letter in units of the font's size, roughly, for Inter's semibold: enough to know where a line ends. */
function widthOf(letter: string): number {
  if (/[iljItf.,:;'|!()[\] ]/.test(letter)) return 0.32;
  if (/[mwMW@%]/.test(letter)) return 0.92;
  if (/[A-Z0-9]/.test(letter)) return 0.68;
  return 0.57;
}

const lengthOf = (words: string): number => Array.from(words).reduce((sum, letter) => sum + widthOf(letter), 0);

/** A title in lines that fit. */
export interface TitleLines {
  readonly lines: readonly string[];
  /** Pixels. */
  readonly size: number;
}

/** The sizes that a title may have, the largest first, with the lines that a card has room for. */
const SIZES = [
  { size: 76, most: 2 },
  { size: 64, most: 3 },
  { size: 52, most: 4 },
] as const;

/**
 * The title in the largest size in which it fits. The last size takes what there is: a line more than there is room for
 * ends in an ellipsis.
 * @param width pixels
 */
export function titleLines(title: string, width: number): TitleLines {
  for (const { size, most } of SIZES) {
    const lines = wrapped(title, width / size);
    if (lines.length <= most) return { lines, size };
  }
  const { size, most } = SIZES[2];
  const lines = wrapped(title, width / size).slice(0, most);
  return { lines: [...lines.slice(0, -1), `${(lines.at(-1) ?? '').replace(/[\s,.:]+$/, '')}…`], size };
}

/** The words in lines of at most `most` units. A word that is longer than a line is cut. */
function wrapped(title: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of title.split(/\s+/).flatMap((whole) => pieces(whole, most))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) <= most) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, most: number): string[] {
  if (lengthOf(word) <= most) return [word];
  const half = Math.ceil(word.length / 2);
  return [...pieces(word.slice(0, half), most), ...pieces(word.slice(half), most)];
}
