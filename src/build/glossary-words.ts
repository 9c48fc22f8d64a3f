import type { Term } from './glossary.ts';

/** A term in a text: where its word begins, and where it ends. */
export interface FoundTerm {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

type NamedTerm = Pick<Term, 'term' | 'also' | 'everyday'> & { readonly id: string };

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');

/** The beginning of a text, or of a sentence in it. */
const BEFORE_A_SENTENCE = /(?:^|[.!?:]["”)]?\s+)$/;

/**
 * Finds the words of a glossary in running text: whole words, and as they are written there. A small letter may be a
 * capital where a sentence begins, but not within a name: `Gateway Timeout` is not about gateways.
 * @returns what gives the terms of a text in their order, the longest where several begin
 */
export function termFinder(terms: readonly NamedTerm[]): (text: string) => FoundTerm[] {
  const ids = new Map(
    terms
      .filter(({ everyday }) => everyday !== true)
      .flatMap(({ id, term, also }) => [term, ...also].map((word) => [word, id] as const)),
  );
  const words = [...ids.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_./@#-])(?:${words.join('|')})(?![\\p{L}\\p{N}_@]|[./-][\\p{L}\\p{N}])`,
    'giu',
  );
  return (text) =>
    [...text.matchAll(pattern)].flatMap(({ 0: match, index: start }) => {
      const end = start + match.length;
      const written = match.replace(/\s+/g, ' ');
      const id = ids.get(written) ?? (startsSentence(text, start, end) ? ids.get(uncapitalized(written)) : undefined);
      return id === undefined ? [] : [{ id, start, end }];
    });
}

const startsSentence = (text: string, start: number, end: number): boolean =>
  BEFORE_A_SENTENCE.test(text.slice(0, start)) && !/^\s+\p{Lu}/u.test(text.slice(end));

const uncapitalized = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);
