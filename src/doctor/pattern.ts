/**
 * How the pattern of a rule becomes a search. A space matches any blank, a line break included; the search is for all
 * places; a literal that every match contains is looked for first, because that is many times faster.
 */

export interface Search {
  readonly expression: RegExp;
  /** Lower-case text that every match contains; empty if none is known. */
  readonly literal: string;
}

/** Where the class that opens at `at` ends. */
function endOfClass(source: string, at: number): number {
  let end = at + 1;
  while (end < source.length && source.charAt(end) !== ']') end += source.charAt(end) === '\\' ? 2 : 1;
  return end;
}

/** The longest literal text outside groups and classes that nothing makes optional. Empty where the pattern branches. */
function longestLiteral(source: string): string {
  let best = '';
  let run = '';
  let depth = 0;
  const endRun = (dropLast: boolean) => {
    const kept = dropLast ? run.slice(0, -1) : run;
    if (kept.length > best.length) best = kept;
    run = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '|' && depth === 0) return '';
    if (character === '\\') {
      at += 1;
      const meant = source.charAt(at);
      if (depth === 0 && !/[a-z0-9]/i.test(meant)) run += meant;
      else endRun(false);
    } else if (character === '[') {
      endRun(false);
      at = endOfClass(source, at);
    } else if (character === '(') {
      endRun(false);
      depth += 1;
    } else if (character === ')') depth -= 1;
    else if (depth > 0) continue;
    else if (character === '{' || character === '?' || character === '*') {
      endRun(true);
      if (character === '{') at = source.indexOf('}', at);
    } else if ('.^$ +'.includes(character)) endRun(false);
    else run += character;
  }
  endRun(false);
  return best.toLowerCase();
}

/** A space outside a class means any blank, inside one it means itself. */
function withAnyBlank(source: string): string {
  let inClass = false;
  let result = '';
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '\\') {
      result += source.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (character === '[') inClass = true;
    if (character === ']') inClass = false;
    result += character === ' ' && !inClass ? String.raw`[ \n]` : character;
  }
  return result;
}

/** The search for a rule's pattern. */
export function searchFor(pattern: RegExp): Search {
  const source = withAnyBlank(pattern.source);
  return { expression: new RegExp(source, 'gim'), literal: longestLiteral(pattern.source) };
}
