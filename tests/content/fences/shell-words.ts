/** Splitting shell text into simple commands: enough for the commands that a page shows, not a shell. */

const ENDS_COMMAND = new Set(['|', ';', '&', '\n', '(', ')', '{', '}', '`']);
/** Words before a command that belong to the shell. */
const SHELL_WORDS = new Set(['do', 'then', 'else', 'if', 'while', 'until', 'time', '!', 'sudo', 'exec', 'elif']);

/**
 * The simple commands of a script, each as its words without quotes. What stands in `$(…)` and backticks comes as commands
 * of its own; assignments and `sudo` in front of a command are left out.
 */
export function commandsIn(script: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | null = null;
  const endWord = (): void => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = (): void => {
    endWord();
    const start = words.findIndex((each) => !SHELL_WORDS.has(each) && !/^\w+=/.test(each));
    if (start >= 0) commands.push(words.slice(start));
    words = [];
  };
  const text = script.replace(/\\\n/g, ' ');
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    if (char === '#' && word === null) {
      while (index + 1 < text.length && text[index + 1] !== '\n') index += 1;
    } else if (char === "'" || char === '"') {
      const end = closingQuote(text, index);
      const inside = text.slice(index + 1, end);
      // Substitutions inside double quotes are commands, too.
      if (char === '"')
        commands.push(...[...inside.matchAll(/\$\(([^()]*)\)/g)].flatMap(([, code = '']) => commandsIn(code)));
      word = (word ?? '') + (char === '"' ? inside.replace(/\\(["\\$`])/g, '$1') : inside);
      index = end;
    } else if (char === '\\') {
      word = (word ?? '') + (text[index + 1] ?? '');
      index += 1;
    } else if (char === '$' && text[index + 1] === '{') {
      const end = text.indexOf('}', index);
      word = (word ?? '') + text.slice(index, end + 1);
      index = end;
    } else if (char === ' ' || char === '\t') endWord();
    else if (char === '>' || char === '<') {
      // A redirection: the number in front of it and the file behind it are no arguments.
      if (word !== null && /^[\d&]+$/.test(word)) word = null;
      endWord();
      const rest = /^[<>&]*\s*[^\s|;&)]*/.exec(text.slice(index))?.[0] ?? char;
      index += rest.length - 1;
    } else if (ENDS_COMMAND.has(char) && !(char === '{' || char === '}' ? word !== null : false)) endCommand();
    else word = (word ?? '') + char;
  }
  endCommand();
  return commands;
}

/** Index of the quote that closes the one at `start`. */
function closingQuote(text: string, start: number): number {
  const quote = text[start];
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\' && quote === '"') index += 1;
    else if (text[index] === quote) return index;
  }
  return text.length;
}
