/** A stretch of a log line; one with a meaning is the field of that number. */
export interface LinePiece {
  readonly text: string;
  readonly means?: string;
  readonly field?: number;
}

/**
 * Cuts a log line into its explained fields and what stands between them. The fields stand in the order of the line.
 * Throws a sentence when a field is not in the line behind the one before.
 */
export function explainLine(
  line: string,
  fields: readonly { readonly text: string; readonly means: string }[],
): LinePiece[] {
  const pieces: LinePiece[] = [];
  let at = 0;
  fields.forEach(({ text, means }, field) => {
    const start = line.indexOf(text, at);
    if (start < 0)
      throw new Error(`"${text}" does not stand in the line behind "${line.slice(0, at)}". The line is: ${line}`);
    if (start > at) pieces.push({ text: line.slice(at, start) });
    pieces.push({ text, means, field });
    at = start + text.length;
  });
  if (at < line.length) pieces.push({ text: line.slice(at) });
  return pieces;
}
