import { parseDocument } from 'yaml';
import { z } from 'zod';
import { yamlProblems } from '../playground/yaml-problems.ts';
import type { JsonSchema } from '../playground/yaml-schema.ts';

/**
 * Parses the YAML of one content file. Mistakes come out as one sentence each, with file and line: the same ones that a
 * reader of the site gets who edits such a file in a playground.
 * @param file the name that messages use
 */
export function parseYamlFile<Schema extends z.ZodType>(
  source: string,
  file: string,
  schema: Schema,
): z.output<Schema> {
  const document = parseDocument(source);
  const parsed = document.errors.length === 0 ? schema.safeParse(document.toJS({ maxAliasCount: 100 })) : null;
  if (parsed?.success) return parsed.data;
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const problems = yamlProblems(source, () => parsed?.error.issues ?? [], described);
  throw new Error(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'));
}
