import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { faultById } from '../gateway/faults/index.ts';
import { documentedSetSchema, type DocumentedSet } from '../schema/documented.ts';
import { parseYamlFile } from './yaml-file.ts';

/** The documented gateways, read from `content/documented/` at build time. Mistakes come out as sentences with file and line. */

const FOLDER = path.resolve('content/documented');

/** Ids of the gateways with documented answers, sorted. */
export const documentedGatewayIds = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

/** The documented answers of one gateway. Throws a sentence that names the file, the line and the fix. */
export function documentedSetFor(gateway: string): DocumentedSet {
  const file = path.join(FOLDER, `${gateway}.yaml`);
  if (!existsSync(file))
    throw new Error(`Nothing is documented about "${gateway}". There are ${documentedGatewayIds().join(', ')}.`);
  const text = readFileSync(file, 'utf8');
  const known = parsed.get(gateway);
  if (known?.text === text) return known.set;
  const set = parseDocumentedSet(text, `content/documented/${gateway}.yaml`, gateway);
  parsed.set(gateway, { text, set });
  return set;
}

const parsed = new Map<string, { readonly text: string; readonly set: DocumentedSet }>();

/**
 * Parses one file.
 * @param file the name that messages use
 * @param gateway the id that the file must be about
 */
export function parseDocumentedSet(source: string, file: string, gateway: string): DocumentedSet {
  const set = parseYamlFile(source, file, documentedSetSchema);
  if (set.gateway !== gateway)
    throw new Error(`${file}: gateway is "${set.gateway}" but the file is named ${gateway}.yaml.`);
  for (const fault of [...set.answers, ...set.silent].flatMap(({ faults }) => faults)) {
    try {
      faultById(fault);
    } catch (error) {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  return set;
}
