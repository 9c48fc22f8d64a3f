import type { Volatile, VolatileContext } from './recording.ts';

/** A text with placeholders, taken apart once so that filling it is putting it together. */
export interface Template {
  /** One more than there are fills; the texts around them. */
  readonly texts: readonly string[];
  readonly fills: readonly Fill[];
}

export type Fill = (context: VolatileContext) => string;

const PLACEHOLDER = /\{\{([\w.-]+)\}\}/g;

/** True for a text that may have a placeholder in it. */
export const hasPlaceholder = (text: string): boolean => text.includes('{{');

/** Takes a text apart. @param fillOf what stands for the placeholder of a name */
export function parseTemplate(text: string, fillOf: (name: string) => Fill): Template {
  const texts: string[] = [];
  const fills: Fill[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    texts.push(text.slice(from, match.index));
    fills.push(fillOf(match[1] ?? ''));
    from = match.index + match[0].length;
  }
  texts.push(text.slice(from));
  return { texts, fills };
}

export function fillTemplate({ texts, fills }: Template, context: VolatileContext): string {
  let filled = texts[0] ?? '';
  for (let index = 0; index < fills.length; index++) {
    filled += (fills[index] as Fill)(context) + (texts[index + 1] ?? '');
  }
  return filled;
}

/** Texts that are remembered for one gateway's rules. Recordings have fewer; a scenario's own headers may have more. */
const MAX_TEMPLATES = 4000;

/** Remembers what was made of texts, for each gateway's rules by themselves. */
export function rememberedBy<Made>(): (rules: readonly Volatile[], text: string, make: () => Made) => Made {
  const all = new WeakMap<readonly Volatile[], Map<string, Made>>();
  return (rules, text, make) => {
    const known = all.get(rules) ?? new Map<string, Made>();
    all.set(rules, known);
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MAX_TEMPLATES) known.clear();
    const made = make();
    known.set(text, made);
    return made;
  };
}
