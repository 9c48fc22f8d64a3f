import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { nearestNames } from '../gateway/nearest.ts';
import { fieldsAt, type JsonSchema } from './yaml-schema.ts';

/** A mistake in a YAML file; lines and columns count from 1, the end is exclusive. */
export interface YamlProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What a schema has against a value; Zod's `safeParse(value).error.issues` are of this shape. */
export interface YamlIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Zod's name of the kind of issue. */
  readonly code?: string | undefined;
  /** Fields that the mapping may not have, for the code `unrecognized_keys`. */
  readonly keys?: readonly string[];
}

/**
 * The mistakes of a file, each at its place: those of the YAML first; a file that is no YAML is not checked further.
 * @param check what the schema has against the file's content
 * @param schema names the fields that a mistyped one could mean
 */
export function yamlProblems(
  text: string,
  check: (value: unknown) => readonly YamlIssue[],
  schema: JsonSchema,
): readonly YamlProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = (message: string, start: number, end: number): YamlProblem => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(end, start));
    return { message, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };
  if (document.errors.length > 0) {
    return document.errors.map(({ message, pos }) => problem(`This is no YAML: ${message}`, pos[0], pos[1]));
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    return [problem('The file refers to itself too often. Write out what its aliases (*) stand for.', 0, 1)];
  }
  return check(value).flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') {
      const known = fieldsAt(schema, path).map(({ name }) => name);
      return (issue.keys ?? []).map((key) => problem(unknownField(key, known), ...placeOfKey(document, path, key)));
    }
    if (issue.code === 'invalid_type' && path.length > 0 && document.getIn(path) === undefined) {
      return [problem(`The field "${path.join('.')}" is missing.`, ...placeOf(document, path))];
    }
    const where = path.length > 0 ? `${path.join('.')}: ` : '';
    return [problem(where + issue.message, ...placeOf(document, path))];
  });
}

function unknownField(key: string, known: readonly string[]): string {
  const near = nearestNames(key, known, 2);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return `There is no field "${key}" here.${hint}`;
}

type Place = readonly [start: number, end: number];

/** The value at `path`, or the nearest thing around it that is written: of a mapping or list its key. */
function placeOf(document: Document, path: readonly (string | number)[]): Place {
  for (let depth = path.length; depth > 0; depth--) {
    const here = path.slice(0, depth);
    const node: unknown = document.getIn(here, true);
    if (isScalar(node) && node.range) return [node.range[0], node.range[1]];
    const last = here.at(-1);
    if (node !== undefined && typeof last === 'string') return placeOfKey(document, here.slice(0, -1), last);
    const range = rangeOf(node);
    if (range) return [range[0], Math.min(range[0] + 1, range[1])];
  }
  const start = rangeOf(document.contents)?.[0] ?? 0;
  return [start, start + 1];
}

function placeOfKey(document: Document, path: readonly (string | number)[], key: string): Place {
  const map: unknown = path.length > 0 ? document.getIn(path, true) : document.contents;
  const pair = isMap(map)
    ? map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
    : null;
  const range = rangeOf(pair?.key) ?? rangeOf(map);
  return range ? [range[0], range[1]] : [0, 1];
}

function rangeOf(node: unknown): Place | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
  const [start, end] = node.range as readonly unknown[];
  return typeof start === 'number' && typeof end === 'number' ? [start, end] : null;
}
