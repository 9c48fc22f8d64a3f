/** A phrase that a page is about, as the build lists them: the phrase, the page's address and its title. */
export type SeenAs = readonly [phrase: string, url: string, title: string];

/** In small letters, with single spaces. */
const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** True when the phrase stands in the text as whole words: `UF` is in `503 UF 0`, and not in `buffer`. */
function holds(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!isWordPart(text[at - 1]) && !isWordPart(text[at + phrase.length])) return true;
  }
  return false;
}

/**
 * The page about what the reader typed or pasted: the one with the longest of the phrases that stand in it; or, for the
 * beginning of a phrase of at least five letters, the one with that phrase.
 */
export function bestPage(words: string, known: readonly SeenAs[]): SeenAs | undefined {
  const text = plain(words);
  const [best] = known.filter(([phrase]) => holds(text, plain(phrase))).sort(([a], [b]) => b.length - a.length);
  return best ?? (text.length < 5 ? undefined : known.find(([phrase]) => holds(plain(phrase), text)));
}
