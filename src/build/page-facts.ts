import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { causeSchema } from '../schema/page-cause.ts';
import { gatewaySchema } from '../schema/page-gateway.ts';
import { statusSchema } from '../schema/page-status.ts';

/** What the pages of a folder say in their frontmatter, for the pages and files that list or compare them. */

const SCHEMAS = { causes: causeSchema, status: statusSchema, gateways: gatewaySchema } as const;
const KEYS = { causes: 'cause', status: 'status', gateways: 'gateway' } as const;
type FactsFolder = keyof typeof SCHEMAS;

export interface PageFacts<Facts> {
  /** Name of the file: a cause id, a status code, a gateway id. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Such as `/causes/upstream-refused/`. */
  readonly href: string;
  readonly facts: Facts;
}

/** The pages of a folder with their facts, by name. Throws a sentence that names the file. */
export function pageFacts<Folder extends FactsFolder>(folder: Folder): PageFacts<z.output<(typeof SCHEMAS)[Folder]>>[] {
  const dir = path.resolve('content', folder);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((file) => /^[^_].*\.mdx$/.test(file) && file !== 'index.mdx')
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((file) => readFacts(folder, dir, file));
}

function readFacts<Folder extends FactsFolder>(folder: Folder, dir: string, file: string) {
  const place = `content/${folder}/${file}`;
  const [, yaml = ''] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readFileSync(path.join(dir, file), 'utf8')) ?? [];
  const frontmatter = z.looseObject({ title: z.string(), description: z.string() }).safeParse(parse(yaml) ?? {});
  if (!frontmatter.success) throw new Error(`${place}: ${z.prettifyError(frontmatter.error)}`);
  const parsed = SCHEMAS[folder].safeParse(frontmatter.data[KEYS[folder]]);
  if (!parsed.success) throw new Error(`${place}: ${KEYS[folder]}: ${z.prettifyError(parsed.error)}`);
  const id = file.replace(/\.mdx$/, '');
  const { title, description } = frontmatter.data;
  return {
    id,
    title,
    description,
    href: `/${folder}/${id}/`,
    facts: parsed.data as z.output<(typeof SCHEMAS)[Folder]>,
  };
}
