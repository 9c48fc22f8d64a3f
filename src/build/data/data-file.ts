import { z } from 'zod';
import { lastChanges } from '../last-changed.ts';
import { site } from '../site.ts';

/** A file under `/data/` for programs: what it holds, its version, its day, and the JSON Schema that it obeys. */
export interface DataFile {
  /** Its address is `/data/<name>.json`, that of its schema `/data/<name>.schema.json`. */
  readonly name: string;
  /** Semantic: a field that goes or changes its meaning raises the first number, a new one the second. */
  readonly version: string;
  readonly title: string;
  readonly schema: z.ZodObject;
  /** The folders that it is made from; its day is the last on which one of them changed. */
  readonly madeFrom: readonly string[];
  readonly content: () => Readonly<Record<string, unknown>>;
}

const envelope = {
  $schema: z.string().describe('Address of the JSON Schema of this file'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .describe('Semantic version of the format'),
  date: z.iso.date().describe('The last day on which what this file is made from changed'),
  license: z.string(),
};

const schemaUrl = (name: string): string => `${site.url}/data/${name}.schema.json`;

/** The file's text. Throws when the content does not fit its own schema. */
export function dataText({ name, version, schema, madeFrom, content }: DataFile): string {
  const head = { $schema: schemaUrl(name), version, date: dayOf(madeFrom), license: 'MIT' };
  return JSON.stringify(z.strictObject({ ...envelope, ...schema.shape }).parse({ ...head, ...content() }));
}

/** The file's JSON Schema. */
export const schemaText = ({ name, title, schema }: DataFile): string =>
  JSON.stringify(
    { $id: schemaUrl(name), title, ...z.toJSONSchema(z.strictObject({ ...envelope, ...schema.shape })) },
    null,
    2,
  );

let changes: ReadonlyMap<string, Date> | undefined;

/** The day of the last commit below these folders; today where there is no history. */
function dayOf(folders: readonly string[]): string {
  changes ??= lastChanges(process.cwd());
  const days = [...changes]
    .filter(([file]) => folders.some((folder) => file.startsWith(`${folder}/`)))
    .map(([, date]) => date.getTime());
  return new Date(days.length > 0 ? Math.max(...days) : Date.now()).toISOString().slice(0, 10);
}
