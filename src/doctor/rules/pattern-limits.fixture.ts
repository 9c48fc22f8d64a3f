/**
 * What could make a search slower than linear: a quantifier without a limit, or a repeated group that repeats
 * something inside.
 */

interface Group {
  repeats: boolean;
}

/** What is wrong with the pattern, in words; nothing for a good one. */
export function limitsOf(source: string): readonly string[] {
  const wrong: string[] = [];
  const groups: Group[] = [{ repeats: false }];
  let closed: Group | undefined;
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '\\') {
      at += 1;
      closed = undefined;
    } else if (character === '[') {
      while (source.charAt(at) !== ']') at += source.charAt(at) === '\\' ? 2 : 1;
      closed = undefined;
    } else if (character === '(') {
      groups.push({ repeats: false });
      closed = undefined;
      if (source.charAt(at + 1) === '?') at += 1;
    } else if (character === ')') closed = groups.pop();
    else if (character === '*' || character === '+')
      wrong.push(`no limit at ${at}: ${source.slice(Math.max(0, at - 20), at + 1)}`);
    else if (character === '{') {
      if (closed?.repeats === true) wrong.push(`a repeat inside a repeat at ${at}`);
      for (const group of groups) group.repeats = true;
      at = source.indexOf('}', at);
      closed = undefined;
    } else closed = undefined;
  }
  return wrong;
}
