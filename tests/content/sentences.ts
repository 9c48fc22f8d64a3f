import { syllable } from 'syllable';

/** Reading prose as a reader hears it: sentence by sentence. */

export interface Sentence {
  readonly text: string;
  /** Line on which it starts, from 1. */
  readonly line: number;
  readonly words: number;
}

/** Lines that are no running text: headings, tables, components, imports, what frontmatter says of sources. */
const NO_PROSE = /^\s*(?:#|\||<\/?[A-Z]|import\s|export\s|\{|url:|https?:)/;
/** A list item, a quotation or an aside starts a paragraph of its own. */
const STARTS = /^\s*(?:[-*+]\s+(?:\[[ x]\]\s+)?|\d+\.\s+|>\s?|:::)/;

/** Inline Markdown and components as the words that show; code counts as one word however long it is. */
const shown = (text: string): string =>
  text
    .replace(/<Status code=\{(\d+)\}\s*\/>/g, '$1')
    .replace(/<(?:Cause|Gateway) id="([^"]+)"\s*\/>/g, 'cause')
    .replace(/<[^>]+>/g, '')
    .replace(/`[^`]+`/g, 'Code')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[*_]{1,2}([^*_]+)[*_]{1,2}/g, '$1');

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’./-]*/gu) ?? [];

/** The sentences of a page's prose. Lines of one paragraph belong together; headings, tables and lists do not. */
export function sentencesOf(proseLines: readonly string[]): Sentence[] {
  const paragraphs: { line: number; text: string }[] = [];
  let open = false;
  for (const [index, text] of proseLines.entries()) {
    if (text.trim() === '' || NO_PROSE.test(text)) {
      open = false;
      continue;
    }
    const last = paragraphs.at(-1);
    if (open && last && !STARTS.test(text)) last.text += ` ${text.trim()}`;
    else paragraphs.push({ line: index + 1, text: text.replace(STARTS, '').trim() });
    open = true;
  }
  return paragraphs.flatMap(({ line, text }) =>
    shown(text)
      .split(/(?<=[.!?:;][)"”’]?)\s+(?=["“(]?[\p{Lu}\d`])/u)
      .map((sentence) => ({ text: sentence, line, words: wordsOf(sentence).length }))
      .filter(({ words }) => words > 1),
  );
}

/**
 * Flesch–Kincaid grade: years of school in the United States that a reader needs. 0.39 × words per sentence +
 * 11.8 × syllables per word − 15.59 (Kincaid and others, 1975).
 */
export function gradeOf(sentences: readonly Sentence[]): number {
  const words = sentences.flatMap(({ text }) => wordsOf(text));
  // Numbers and names such as 502 or proxy_read_timeout are not read by syllables.
  const syllables = words.reduce((sum, word) => sum + (/^\p{L}[\p{L}'’-]*$/u.test(word) ? syllable(word) : 1), 0);
  return (0.39 * words.length) / sentences.length + (11.8 * syllables) / words.length - 15.59;
}
