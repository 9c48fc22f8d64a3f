/** The parts of JSON Schema that describe a YAML file to its author; `z.toJSONSchema(schema, { io: 'input' })` gives one. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly (JsonSchema | boolean)[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly (JsonSchema | boolean)[];
  readonly oneOf?: readonly (JsonSchema | boolean)[];
  readonly allOf?: readonly (JsonSchema | boolean)[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema | boolean>>;
}

/** Place in a document: keys of mappings and indices of lists. */
export type YamlPath = readonly (string | number)[];

/** One field that a mapping may have. */
export interface YamlField {
  readonly name: string;
  readonly about: string;
  readonly required: boolean;
  /** What its value is, as far as the first characters of it go. */
  readonly shape: 'mapping' | 'list' | 'value';
}

/**
 * Everything that the schema says about the value at `path`, as alternatives without `$ref` and `anyOf`; none when it
 * knows no such place. A list of one may be written as the thing itself, so fields are looked for in a list's items too.
 */
export function schemasAt(root: JsonSchema, path: YamlPath): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (schemas, step) => schemas.flatMap((schema) => descend(root, schema, step)),
    alternatives(root, root),
  );
}

/** Fields that a mapping at `path` may have, required ones first. */
export function fieldsAt(root: JsonSchema, path: YamlPath): readonly YamlField[] {
  const fields = new Map<string, YamlField>();
  for (const schema of mappingsOf(root, schemasAt(root, path))) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (property === false || fields.has(name)) continue;
      const found = alternatives(root, property);
      fields.set(name, {
        name,
        about: aboutSchemas(found),
        required: schema.required?.includes(name) ?? false,
        shape: shapeOf(found),
      });
    }
  }
  return [...fields.values()].sort((a, b) => Number(b.required) - Number(a.required));
}

/** Values that the schema lists for the place: constants, enumerations, true and false, and the default. */
export function valuesAt(root: JsonSchema, path: YamlPath): readonly string[] {
  const schemas = schemasAt(root, path).flatMap((schema) => [schema, ...itemsOf(root, schema)]);
  const values = schemas.flatMap((schema) => [
    ...(schema.const === undefined ? [] : [schema.const]),
    ...(schema.enum ?? []),
    ...(schema.type === 'boolean' ? [true, false] : []),
    ...(schema.default === undefined ? [] : [schema.default]),
  ]);
  return [...new Set(values.filter(isScalar).map(String))].filter((text) => text !== '');
}

/** What the value at `path` is, in words for a reader: description, range, choices and default. Empty when unknown. */
export const aboutAt = (root: JsonSchema, path: YamlPath): string => aboutSchemas(schemasAt(root, path));

/** Whether a list stands at `path`. */
export const isListAt = (root: JsonSchema, path: YamlPath): boolean => shapeOf(schemasAt(root, path)) === 'list';

function descend(root: JsonSchema, schema: JsonSchema, step: string | number): readonly JsonSchema[] {
  if (typeof step === 'number') return itemsOf(root, schema, step);
  if (schema.properties && Object.hasOwn(schema.properties, step)) return alternatives(root, schema.properties[step]);
  if (schema.additionalProperties !== undefined) return alternatives(root, schema.additionalProperties);
  return itemsOf(root, schema).flatMap((item) => descend(root, item, step));
}

const itemsOf = (root: JsonSchema, { items, prefixItems }: JsonSchema, index = 0): readonly JsonSchema[] =>
  alternatives(root, prefixItems?.[index] ?? items);

const mappingsOf = (root: JsonSchema, schemas: readonly JsonSchema[]): readonly JsonSchema[] =>
  schemas.flatMap((schema) => (schema.properties ? [schema] : itemsOf(root, schema)));

/** Follows references and unions to schemas that say something themselves. */
function alternatives(root: JsonSchema, schema: JsonSchema | boolean | undefined, depth = 0): readonly JsonSchema[] {
  if (schema === undefined || typeof schema === 'boolean' || depth > 20) return [];
  const { $ref, anyOf, oneOf, allOf, ...own } = schema;
  const more = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])];
  if ($ref !== undefined) more.push(root.$defs?.[$ref.replace('#/$defs/', '')] ?? false);
  const found = more.flatMap((part) => alternatives(root, part, depth + 1));
  return Object.keys(own).length > 0 ? [own, ...found] : found;
}

function shapeOf(schemas: readonly JsonSchema[]): YamlField['shape'] {
  const types = schemas.flatMap(({ type }) => type ?? []);
  // What may be a plain value as well is most often written as one.
  if (types.some((type) => type !== 'object' && type !== 'array')) return 'value';
  if (types.includes('array')) return 'list';
  return types.includes('object') ? 'mapping' : 'value';
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function aboutSchemas(schemas: readonly JsonSchema[]): string {
  const first = <T>(pick: (schema: JsonSchema) => T | undefined): T | undefined =>
    schemas.map(pick).find((value) => value !== undefined);
  const description = first((schema) => schema.description);
  const facts = [
    rangeOf(
      first((schema) => schema.minimum),
      first((schema) => schema.maximum),
    ),
    choicesOf(schemas.flatMap((schema) => schema.enum ?? [])),
    defaultOf(first((schema) => schema.default)),
  ];
  return [description === undefined ? '' : `${description}.`, ...facts].filter((text) => text !== '').join(' ');
}

function rangeOf(minimum: number | undefined, maximum: number | undefined): string {
  const open = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER;
  if (minimum === undefined) return open ? '' : `At most ${maximum}.`;
  return open ? `At least ${minimum}.` : `From ${minimum} to ${maximum}.`;
}

const choicesOf = (choices: readonly unknown[]): string =>
  choices.length === 0 ? '' : `One of ${choices.map(String).join(', ')}.`;

const defaultOf = (value: unknown): string =>
  isScalar(value) && value !== '' ? `${String(value)} when left out.` : '';
