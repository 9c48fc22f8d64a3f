/**
 * How the pattern of a rule becomes a search. A space matches any blank, a line break included; the search is for all
 * places; a literal that every match contains is looked for first, because that is many times faster.
 */

export interface Search {
  readonly expression: RegExp;
  /** Lower-case text that every match contains; empty if none is known. */
  readonly literal: string;
}

const OPENERS = new Set(['(', '[']);
const CLOSERS = new Set([')', ']']);

/** The longest literal text outside groups and classes that nothing makes optional. Empty where the pattern branches. */
function longestLiteral(source: string): string {
  let best = '';
  let run = '';
  let depth = 0;
  const end = (drop: boolean) => {
    const kept = drop ? run.slice(0, -1) : run;
    if (kept.length > best.length) best = kept;
    run = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    const escaped = character === '\\';
    if (escaped) at += 1;
    const meant = escaped ? source.charAt(at) : character;
    if (!escaped && character === '|' && depth === 0) return '';
    if (!escaped && OPENERS.has(character)) {
      end(false);
      depth += 1;
    } else if (!escaped && CLOSERS.has(character)) {
      depth -= 1;
      run = '';
    } else if (depth > 0) continue;
    else if (!escaped && '?*{'.includes(character)) {
      end(true);
      if (character === '{') at = source.indexOf('}', at);
    } else if (!escaped && character === '+') end(false);
    else if (escaped ? /[a-z0-9]/i.test(meant) : '.^$ '.includes(meant)) end(false);
    else run += meant;
  }
  end(false);
  return best.toLowerCase();
}

/** The search for a rule's pattern. */
export function searchFor(pattern: RegExp): Search {
  const source = pattern.source.replaceAll(' ', String.raw`[ \n]`);
  return { expression: new RegExp(source, 'gim'), literal: longestLiteral(pattern.source) };
}
