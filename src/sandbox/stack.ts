import type { SourcePosition } from './protocol.ts';

/** Stack traces, reduced to what the reader wrote. Reads the formats of V8, Firefox and Safari. */
export interface ReaderStack {
  /** The reader's own frames in V8's form, one a line, e.g. `at placeOrder (client.js:12:9)`. */
  readonly frames: (stack: string | undefined) => string;
  /** The innermost place in the reader's program; null when none of the frames is the reader's. */
  readonly position: (stack: string | undefined) => SourcePosition | null;
  /** Another name of the program: Safari passes over the sourceURL of a module and shows the address it came from. */
  readonly alsoCalled: (address: string) => void;
}

/** Characters of a stack that are looked at. */
const LONGEST = 50_000;

/** The sandbox put more text into a line than the reader wrote. */
export interface Shift {
  readonly line: number;
  /** Column, as the stack counts it, from which the rest of the line is shifted. */
  readonly after: number;
  /** By how many columns; negative when the reader wrote more. */
  readonly by: number;
}

/** @param fileName what the stack calls the reader's program */
export function readerStack(fileName: string, shifts: readonly Shift[]): ReaderStack {
  const place = new RegExp(`(?<![\\w/.-])${fileName.replace(/[.\\]/g, '\\$&')}:(\\d+):(\\d+)`);

  let otherName = fileName;

  function parse(stack: string | undefined): { name: string; position: SourcePosition }[] {
    // Frames come after the message, which may be of any length.
    return (stack ?? '')
      .slice(-LONGEST)
      .replaceAll(otherName, fileName)
      .split('\n')
      .flatMap((text) => {
        const found = place.exec(text);
        if (!found) return [];
        const [line, shown] = [Number(found[1]), Number(found[2])];
        let column = shown;
        for (const { line: on, after, by } of shifts) if (on === line && shown > after) column -= by;
        const name = text
          .slice(0, found.index)
          .replace(/^\s*at /, '')
          .replace(/[\s(@]+$/, '');
        return [{ name: name === 'module code' ? '' : name, position: { line, column: Math.max(1, column) } }];
      });
  }

  return {
    frames: (stack) =>
      parse(stack)
        .map(({ name, position: { line, column } }) => {
          const where = `${fileName}:${line}:${column}`;
          if (name === '' || name === 'async') return `at ${name === '' ? '' : 'async '}${where}`;
          return `at ${name} (${where})`;
        })
        .join('\n'),
    position: (stack) => parse(stack)[0]?.position ?? null,
    alsoCalled: (address) => {
      otherName = address;
    },
  };
}
