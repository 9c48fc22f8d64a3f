import type { ProgramFailure } from '../sandbox/protocol.ts';

/**
 * TypeScript to JavaScript without checking it. Lines and columns stay where they are, so that stack traces name the
 * reader's own places: what is taken out leaves blanks behind.
 * Throws sucrase's error where the program does not parse; {@link syntaxFailure} reads it.
 */
export async function stripTypes(code: string): Promise<string> {
  const [{ transform }, { tokenizer }] = await Promise.all([import('sucrase'), import('acorn')]);
  const { code: stripped } = transform(code, { transforms: ['typescript'], disableESTransforms: true });
  return alignColumns(code, stripped, () => [
    ...tokenizer(stripped, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true }),
  ]);
}

/** What the reader is told about a program that does not parse. */
export function syntaxFailure(error: unknown): ProgramFailure {
  const said = error instanceof Error ? error.message : String(error);
  const [, line, column] = /\((\d+):(\d+)\)$/.exec(said) ?? [];
  const message = said.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
  const position = line === undefined ? null : { line: Number(line), column: Number(column) };
  return { kind: 'failed', how: 'syntax', name: 'SyntaxError', message, stack: '', at: 0, position };
}

/** A token of JavaScript, as acorn names it. */
interface PlacedToken {
  readonly type: { readonly label: string };
  readonly start: number;
  readonly end: number;
}

/**
 * Puts blanks before the tokens of the JavaScript until each stands in the column that it has in the TypeScript. A line
 * only loses tokens on its way from one to the other, so each token is the next equal text of its line; where a line was
 * rewritten (an enum, a parameter property), its rest stays as it is.
 */
function alignColumns(typed: string, stripped: string, tokens: () => readonly PlacedToken[]): string {
  const lines = typed.split('\n');
  let aligned = '';
  let taken = 0;
  let line = 0;
  let column = 0;
  let before = '';
  try {
    for (const { type, start, end } of tokens()) {
      const gap = stripped.slice(taken, start);
      aligned += gap;
      taken = start;
      const breaks = gap.split('\n').length - 1;
      if (breaks > 0) column = 0;
      line += breaks;
      const text = stripped.slice(start, end);
      const [head = ''] = text.split('\n');
      const found = head === '' ? -1 : placeOf(head, lines[line] ?? '', column);
      if (found >= 0 && !insideTemplate(type.label, before)) {
        aligned = aligned.padEnd(aligned.lastIndexOf('\n') + 1 + found);
        column = found + text.length;
      }
      const inner = text.split('\n').length - 1;
      if (inner > 0) column = text.length - text.lastIndexOf('\n') - 1;
      line += inner;
      aligned += text;
      taken = end;
      before = type.label;
    }
  } catch {
    // Acorn knows less than the browser: the program runs, with columns that are too small.
    return stripped;
  }
  return aligned + stripped.slice(taken);
}

/** Where a token stands next in a line; a word is no part of a longer word. -1 when it does not. */
function placeOf(token: string, line: string, from: number): number {
  const isWord = (at: number): boolean => /[\w$]/.test(line.charAt(at));
  for (let at = line.indexOf(token, from); at >= 0; at = line.indexOf(token, at + 1)) {
    const end = at + token.length;
    if (!(isWord(at) && isWord(at - 1)) && !(isWord(end - 1) && isWord(end))) return at;
  }
  return -1;
}

/** Blanks here would be part of a string. */
const insideTemplate = (label: string, before: string): boolean => label === 'template' || before === 'template';
