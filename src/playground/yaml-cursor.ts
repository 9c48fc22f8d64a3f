import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type Node, type Pair } from 'yaml';
import type { YamlPath } from './yaml-schema.ts';

/** What the reader is about to write at one place of a YAML file. Offsets count UTF-16 units from the start. */
export interface YamlCursor {
  /** `field`: a key of the mapping at `path`. `value`: the value at `path`; where nothing is written yet it may become a mapping. */
  readonly kind: 'field' | 'value';
  readonly path: YamlPath;
  /** Fields that the mapping has already. */
  readonly present: readonly string[];
  /** The word around the cursor, which a completion replaces. */
  readonly start: number;
  readonly end: number;
  /** Nothing but blanks and dashes stands before the word, so that a mapping may begin here. */
  readonly opensLine: boolean;
  /** Inside `{ }` or `[ ]`. */
  readonly flow: boolean;
  /** A colon follows the word already. */
  readonly colon: boolean;
}

const MARK = 'cursor0mark';

/** Reads where the cursor stands, also in a file that does not parse yet; null inside comments and running text. */
export function yamlCursor(text: string, offset: number): YamlCursor | null {
  const before = /[\w.@/-]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  const after = /^[\w.@/-]*/.exec(text.slice(offset))?.[0] ?? '';
  // A list's own dash is no part of a word.
  const dash = /^-+$/.test(before) ? before.length : 0;
  const start = offset - before.length + dash;
  const end = offset + after.length;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (/(?:^|\s)#/.test(line)) return null;
  const document = parseDocument(`${text.slice(0, start)}${MARK}${text.slice(end)}`, { keepSourceTokens: false });
  const common = { start, end, opensLine: /^\s*(?:-\s+)*$/.test(line), colon: /^\s*:/.test(text.slice(end)) };

  let found: YamlCursor | null = null;
  visit(document, {
    Scalar(key, node, ancestors) {
      if (node.value !== MARK) return undefined;
      const path = pathOf(ancestors);
      const flow = ancestors.some((ancestor) => (isMap(ancestor) || isSeq(ancestor)) && ancestor.flow === true);
      const pair = ancestors.at(-1);
      const map = ancestors.at(-2);
      found =
        key === 'key' && isPair(pair) && isMap(map)
          ? { kind: 'field', path: path.slice(0, -1), present: fieldsOf(map.items, pair), flow, ...common }
          : { kind: 'value', path: indexed(path, key), present: [], flow, ...common };
      return visit.BREAK;
    },
  });
  return found;
}

/** The node at an offset with its path: a key or a value; null between them. */
export function yamlNodeAt(text: string, offset: number): { path: YamlPath; start: number; end: number } | null {
  let found: { path: YamlPath; start: number; end: number } | null = null;
  visit(parseDocument(text), {
    Scalar(key, node, ancestors) {
      const [start, end] = node.range ?? [0, 0];
      if (offset < start || offset > end) return undefined;
      found = { path: indexed(pathOf(ancestors), key), start, end };
      return visit.BREAK;
    },
  });
  return found;
}

type Ancestors = readonly (Node | Pair | { readonly contents: unknown })[];

/** Path of the innermost ancestor; a pair stands for its value. */
function pathOf(ancestors: Ancestors): (string | number)[] {
  return ancestors.flatMap((ancestor, index): (string | number)[] => {
    if (isPair(ancestor)) return isScalar(ancestor.key) ? [String(ancestor.key.value)] : [];
    const next = ancestors[index + 1];
    if (!isSeq(ancestor) || next === undefined) return [];
    return [ancestor.items.indexOf(next)];
  });
}

/** A list's direct item has its index for a key. */
const indexed = (path: YamlPath, key: unknown): YamlPath => (typeof key === 'number' ? [...path, key] : path);

const fieldsOf = (items: readonly Pair[], except: unknown): string[] =>
  items.flatMap((item) => (item !== except && isScalar(item.key) ? [String(item.key.value)] : []));
