import { yamlCursor, yamlNodeAt, type YamlCursor } from './yaml-cursor.ts';
import { aboutAt, fieldsAt, isListAt, schemasAt, valuesAt, type JsonSchema, type YamlPath } from './yaml-schema.ts';

/** A value that the schema does not list, such as a gateway's id. */
export interface YamlSuggestion {
  readonly value: string;
  readonly about: string;
}

/** Values for places of a file, by path; `*` stands for any index, e.g. `routes.*.fault`. */
export type YamlSuggestions = Readonly<Record<string, readonly YamlSuggestion[]>>;

/** One completion. */
export interface YamlCompletion {
  readonly label: string;
  /** A snippet: `$0` is where the caret goes. */
  readonly insert: string;
  readonly about: string;
  readonly kind: 'field' | 'value';
  readonly required: boolean;
  /** There is more to choose right after it. */
  readonly goesOn: boolean;
}

/** What can be written at `offset`, and which part of the text it replaces; null when there is nothing to offer. */
export function yamlCompletions(
  text: string,
  offset: number,
  schema: JsonSchema,
  suggestions: YamlSuggestions,
): { readonly start: number; readonly end: number; readonly items: readonly YamlCompletion[] } | null {
  const cursor = yamlCursor(text, offset);
  if (!cursor) return null;
  const column = cursor.start - (text.lastIndexOf('\n', cursor.start - 1) + 1);
  const items = [
    ...(cursor.kind === 'field' || cursor.opensLine || opensFlowItem(text, cursor)
      ? fields(schema, cursor, column)
      : []),
    ...(cursor.kind === 'value' ? values(schema, cursor.path, suggestions) : []),
  ];
  return items.length > 0 ? { start: cursor.start, end: cursor.end, items } : null;
}

/** What the schema says about the word at `offset`; null when it says nothing. */
export function yamlHover(
  text: string,
  offset: number,
  schema: JsonSchema,
  suggestions: YamlSuggestions,
): { readonly start: number; readonly end: number; readonly title: string; readonly about: string } | null {
  const node = yamlNodeAt(text, offset);
  if (!node) return null;
  const word = text.slice(node.start, node.end);
  const value = suggestionsAt(suggestions, node.path).find((suggestion) => suggestion.value === word);
  if (value) return { start: node.start, end: node.end, title: value.value, about: value.about };
  const about = aboutAt(schema, node.path);
  const title = node.path.findLast((step) => typeof step === 'string') ?? '';
  return about === '' ? null : { start: node.start, end: node.end, title, about };
}

/** Between the braces of `{ }` a field may begin anywhere. */
const opensFlowItem = (text: string, { flow, start }: YamlCursor): boolean =>
  flow && /[{,]\s*$/.test(text.slice(0, start));

function fields(schema: JsonSchema, cursor: YamlCursor, column: number): readonly YamlCompletion[] {
  const { path, present, flow, colon, kind } = cursor;
  // In the place of a list, its first item begins.
  const dash = kind === 'value' && !flow && isListAt(schema, path) ? '- ' : '';
  const pad = ' '.repeat(column + dash.length + 2);
  return fieldsAt(schema, path)
    .filter(({ name }) => !present.includes(name))
    .map(({ name, about, required, shape }) => {
      const rest = colon
        ? ''
        : { value: ': $0', mapping: flow ? ': { $0 }' : `:\n${pad}$0`, list: flow ? ': [$0]' : `:\n${pad}- $0` }[shape];
      return { label: name, insert: `${dash}${name}${rest}`, about, kind: 'field', required, goesOn: rest !== '' };
    });
}

function values(schema: JsonSchema, path: YamlPath, suggestions: YamlSuggestions): readonly YamlCompletion[] {
  const suggested = suggestionsAt(suggestions, path);
  const known = new Set(suggested.map(({ value }) => value));
  const listed = valuesAt(schema, path).filter((value) => !known.has(value) && schemasAt(schema, path).length > 0);
  return [...suggested, ...listed.map((value) => ({ value, about: '' }))].map(({ value, about }) => ({
    label: value,
    insert: value.replace(/[\\$}]/g, '\\$&'),
    about,
    kind: 'value',
    required: false,
    goesOn: false,
  }));
}

const suggestionsAt = (suggestions: YamlSuggestions, path: YamlPath): readonly YamlSuggestion[] =>
  suggestions[path.map((step) => (typeof step === 'number' ? '*' : step)).join('.')] ?? [];
