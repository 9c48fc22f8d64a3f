import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CONTENT_FOLDERS } from './content-folders.ts';

interface SidebarLink {
  slug: string;
}
export interface SidebarGroup {
  label: string;
  items: SidebarLink[];
}

/**
 * The sidebar, read from the folder `content/`: "Start here" with the home page and the
 * free playground, then one group for each folder that
 * has a page. Inside a group, the folder's `index` page comes first, then `sidebar.order` decides, then the title.
 * (Starlight's own `autogenerate` looks only under `src/content/docs` and finds nothing here, without an error.)
 * @param contentDir absolute path of `content/`
 */
export function sidebarFrom(contentDir: string): SidebarGroup[] {
  const first = ['index', 'playground'].filter((slug) => existsSync(join(contentDir, `${slug}.mdx`)));
  const start = first.length > 0 ? [{ label: 'Start here', items: first.map((slug) => ({ slug })) }] : [];
  const groups = CONTENT_FOLDERS.map(({ folder, label }) => ({ label, items: linksIn(contentDir, folder) }));
  return [...start, ...groups.filter(({ items }) => items.length > 0)];
}

function linksIn(contentDir: string, folder: string): SidebarLink[] {
  return globSync(`${folder}/**/*.{md,mdx}`, { cwd: contentDir })
    .filter((path) => !/(^|\/)_[^/]*$/.test(path))
    .map((path) => ({ slug: slugOf(path), ...frontmatterOf(join(contentDir, path)) }))
    .filter(({ draft }) => !draft)
    .sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, 'en'))
    .map(({ slug }) => ({ slug }));
}

function rank({ slug, order }: { slug: string; order: number }): number {
  return slug.includes('/') ? order : -Infinity;
}

function slugOf(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/\.mdx?$/, '')
    .replace(/\/index$/, '');
}

function frontmatterOf(file: string): { title: string; order: number; draft: boolean } {
  const [, yaml = ''] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readFileSync(file, 'utf8')) ?? [];
  const data = (parse(yaml) ?? {}) as { title?: string; draft?: boolean; sidebar?: { order?: number } };
  return { title: data.title ?? '', order: data.sidebar?.order ?? Infinity, draft: data.draft ?? false };
}
