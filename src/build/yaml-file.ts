import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/**
 * Parses the YAML of one content file. Mistakes come out as one sentence each, with file, line and field.
 * @param file the name that messages use
 * @param what what the file holds, for a mistake that is in no field, e.g. `the scenario`
 */
export function parseYamlFile<Schema extends z.ZodType>(
  source: string,
  file: string,
  schema: Schema,
  what: string,
): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [syntaxError] = document.errors;
  if (syntaxError) throw new Error(`${file}:${lines.linePos(syntaxError.pos[0]).line}: ${syntaxError.message}`);
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const offset = nearestOffset(document, path);
    const line = offset === null ? 1 : lines.linePos(offset).line;
    return `${file}:${line}: ${path.length > 0 ? path.join('.') : what}: ${message}`;
  });
  throw new Error(problems.join('\n'));
}

/** Offset of the YAML node at `place`, or of the closest parent that exists. */
function nearestOffset(document: ReturnType<typeof parseDocument>, place: readonly PropertyKey[]): number | null {
  for (let depth = place.length; depth >= 0; depth--) {
    const node: unknown = document.getIn(place.slice(0, depth), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return Number(node.range[0]);
  }
  return null;
}
