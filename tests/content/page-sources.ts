import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The pages of `content/` as their authors wrote them, for the tests that read prose, code and links. */

/** One code fence of a page. */
export interface Fence {
  readonly lang: string;
  /** What follows the language, e.g. `title="client.js"`. */
  readonly meta: string;
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** The fence stands inside a `<Playground>`. */
  readonly inPlayground: boolean;
}

export interface PageSource {
  /** E.g. `content/guides/502-bad-gateway-in-api-calls.mdx`. */
  readonly file: string;
  /** E.g. `guides`; empty for the home page. */
  readonly folder: string;
  /** E.g. `/guides/502-bad-gateway-in-api-calls/`. */
  readonly path: string;
  readonly source: string;
  readonly frontmatter: Readonly<Record<string, unknown>>;
  readonly fences: readonly Fence[];
  /** The lines of the page with code fences, imports and frontmatter keys blanked, so that line numbers hold. */
  readonly proseLines: readonly string[];
}

/** Every page under `content/`. */
export const pageSources = (): PageSource[] =>
  readdirSync('content', { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:^|\/)[^_/][^/]*\.mdx?$/.test(name))
    .sort()
    .map((name) => readPage(`content/${name}`));

function readPage(file: string): PageSource {
  const source = readFileSync(file, 'utf8');
  const lines = source.split('\n');
  const frontmatterEnd = lines.indexOf('---', 1);
  const frontmatter: unknown = parse(lines.slice(1, frontmatterEnd).join('\n'));
  if (typeof frontmatter !== 'object' || frontmatter === null) throw new Error(`${file} has no frontmatter.`);
  const id = file.replace(/^content\//, '').replace(/\.mdx?$/, '');
  const path = `/${id.replace(/(?:^|\/)index$/, '')}/`.replace('//', '/');
  const { fences, proseLines } = split(lines, frontmatterEnd);
  const folder = id.includes('/') ? (id.split('/')[0] ?? '') : '';
  return { file, folder, path, source, frontmatter: { ...frontmatter }, fences, proseLines };
}

function split(lines: readonly string[], frontmatterEnd: number): Pick<PageSource, 'fences' | 'proseLines'> {
  const fences: Fence[] = [];
  const proseLines = [...lines];
  let inPlayground = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (index <= frontmatterEnd) {
      proseLines[index] = line.replace(/^---$|^\s*[\w-]+:/, '');
      continue;
    }
    if (/^\s*<Playground[\s>]/.test(line)) inPlayground = true;
    if (/^\s*<\/Playground>/.test(line)) inPlayground = false;
    if (/^import\s/.test(line)) proseLines[index] = '';
    const opening = /^([ \t]*)(`{3,}|~{3,})([\w-]*)[ \t]*(.*)$/.exec(line);
    if (!opening) continue;
    const [, indent = '', marker = '', lang = '', meta = ''] = opening;
    const end = lines.findIndex((other, at) => at > index && other.trim() === marker);
    const code = lines.slice(index + 1, end).map((codeLine) => codeLine.replace(indent, ''));
    fences.push({ lang, meta, code: code.join('\n'), line: index + 1, inPlayground });
    proseLines.fill('', index, end + 1);
    index = end;
  }
  return { fences, proseLines };
}

/** The value of `name="…"` in a fence's meta; undefined when it has none. */
export const metaValue = (meta: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(meta)?.[1];

/** The places of a page that a link can name: its headings, made the way the site makes them, and its checklist's items. */
export const anchorsOf = (page: PageSource): string[] => [...headingAnchors(page), ...itemAnchors(page)];

function itemAnchors({ source }: PageSource): string[] {
  const checklist = /<Checklist id="([^"]+)"/.exec(source)?.[1];
  return [...source.matchAll(/<Item id="([^"]+)"/g)].map(([, item = '']) => `${checklist ?? ''}--${item}`);
}

function headingAnchors({ proseLines }: PageSource): string[] {
  const seen = new Map<string, number>();
  return proseLines.flatMap((line) => {
    const heading = /^#{2,6}\s+(.+)$/.exec(line)?.[1];
    if (heading === undefined) return [];
    const words = heading.replace(/<[^>]+>|[`*]/g, '').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return [times === 0 ? slug : `${slug}-${times}`];
  });
}
