/** Puts the reader's values into a command, quoted for the place in which each stands. */

export interface Filling {
  /** What stands in the command as its author wrote it, such as `api.example.com`. */
  readonly placeholder: string;
  readonly value: string;
}

/** A part of the command, from `start` to before `end`, that another text replaces. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What surrounds a character: nothing, `'…'`, `"…"`, `$'…'`, or a comment. */
type Quotes = 'none' | 'single' | 'double' | 'ansi' | 'comment';

/** What replaces what, in order. Knows the quotes, `$(…)` and comments of sh and bash; no here-documents, no backticks. */
export function fillEdits(command: string, fillings: readonly Filling[]): Edit[] {
  const values = new Map(fillings.map(({ placeholder, value }) => [placeholder, value]));
  const longestFirst = [...values.keys()].sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return [];
  const quotes = quotesOf(command);
  const places = new RegExp(longestFirst.map(wholeWord).join('|'), 'g');
  return [...command.matchAll(places)].flatMap(({ 0: placeholder, index }) => {
    const value = values.get(placeholder) ?? placeholder;
    if (value === placeholder) return [];
    return [{ start: index, end: index + placeholder.length, text: quoted(value, quotes[index] ?? 'none') }];
  });
}

/** The command with the values in it. */
export const fillCommand = (command: string, fillings: readonly Filling[]): string =>
  fillEdits(command, fillings).reduceRight(
    (text, { start, end, text: value }) => text.slice(0, start) + value + text.slice(end),
    command,
  );

/** `8080` is no part of `18080`, and `api.example.com` none of `my-api.example.com`; a path follows whatever it follows. */
const wholeWord = (placeholder: string): string => {
  const before = /^\w/.test(placeholder) ? String.raw`(?<![\w.-])` : '';
  const literally = placeholder.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return before + literally + String.raw`(?![\w-]|\.\w)`;
};

function quoted(value: string, quotes: Quotes): string {
  if (quotes === 'comment' || /^[\w.,:@%+=/-]*$/.test(value)) return value;
  const closedAndOpened = value.replaceAll("'", String.raw`'\''`);
  if (quotes === 'none') return `'${closedAndOpened}'`;
  if (quotes === 'single') return closedAndOpened;
  if (quotes === 'ansi') return value.replace(/[\\']/g, String.raw`\$&`);
  // At a prompt, ! is special even between double quotes, and no backslash takes that away.
  return value.replace(/[\\"$`]/g, String.raw`\$&`).replaceAll('!', `"'!'"`);
}

/** For each character of the command, what surrounds it. */
function quotesOf(command: string): Quotes[] {
  const result: Quotes[] = [];
  const open: Quotes[] = ['none'];
  for (let index = 0; index < command.length; index += 1) {
    const now = open.at(-1) ?? 'none';
    const char = command[index] ?? '';
    result[index] = now;
    if (char === '\\' && now !== 'single' && now !== 'comment') result[(index += 1)] = now;
    else if (now === 'comment') closeAt('\n');
    else if (now === 'single' || now === 'ansi') closeAt("'");
    else if (char === '$' && command[index + 1] === '(') {
      result[(index += 1)] = now;
      open.push('none');
    } else if (now === 'double') closeAt('"');
    else if (char === '"') open.push('double');
    else if (char === "'") open.push(command[index - 1] === '$' ? 'ansi' : 'single');
    else if (char === '(') open.push('none');
    else if (char === ')' && open.length > 1) open.pop();
    else if (char === '#' && /(?:^|[\s;&|(])$/.test(command.slice(0, index))) open.push('comment');

    function closeAt(end: string): void {
      if (char === end) open.pop();
    }
  }
  return result;
}
