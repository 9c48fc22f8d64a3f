import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { GUIDE_PARTS, type GuidePart } from '../schema/page.ts';
import { CHECKLIST_KINDS, checklistKind } from './checklist-kinds.ts';
import { CONTENT_FOLDERS, SINGLE_PAGES } from './content-folders.ts';

interface SidebarLink {
  slug: string;
}
export interface SidebarGroup {
  label: string;
  items: (SidebarLink | SidebarGroup)[];
}

interface Page extends SidebarLink {
  title: string;
  order: number;
  draft: boolean;
  part: GuidePart | undefined;
}

/**
 * The sidebar, read from the folder `content/`: "Start here" with the pages that lie in no folder, then one group for each
 * folder that has a page. Inside a group, the folder's `index` page comes first, then the parts of the path and the kinds of checklists in their
 * own groups; `sidebar.order` decides, then the title, and status codes go by number.
 * (Starlight's own `autogenerate` looks only under `src/content/docs` and finds nothing here, without an error.)
 * @param contentDir absolute path of `content/`
 */
export function sidebarFrom(contentDir: string): SidebarGroup[] {
  const first = SINGLE_PAGES.filter((slug) => existsSync(join(contentDir, `${slug}.mdx`)));
  const start = first.length > 0 ? [{ label: 'Start here', items: first.map((slug) => ({ slug })) }] : [];
  const groups = CONTENT_FOLDERS.map(({ folder, label }) => ({ label, items: linksIn(contentDir, folder) }));
  return [...start, ...groups.filter(({ items }) => items.length > 0)];
}

function linksIn(contentDir: string, folder: string): SidebarGroup['items'] {
  const pages = globSync(`${folder}/**/*.{md,mdx}`, { cwd: contentDir })
    .filter((path) => !/(^|\/)_[^/]*$/.test(path))
    .map((path) => ({ slug: slugOf(path), ...frontmatterOf(join(contentDir, path)) }))
    .filter(({ draft }) => !draft)
    .sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, 'en', { numeric: true }));
  const link = ({ slug }: Page): SidebarLink => ({ slug });
  const groupOf = ({ part, slug: page }: Page): string | undefined =>
    folder === 'checklists' ? checklistKind(page.split('/').at(-1) ?? '') : part && GUIDE_PARTS[part];
  const groups = [...Object.values(GUIDE_PARTS), ...CHECKLIST_KINDS].filter((name) =>
    pages.some((page) => groupOf(page) === name),
  );
  // One group alone is the whole folder.
  if (groups.length < 2) return pages.map(link);
  return [
    ...pages.filter((page) => groupOf(page) === undefined).map(link),
    ...groups.map((label) => ({ label, items: pages.filter((page) => groupOf(page) === label).map(link) })),
  ];
}

function rank({ slug, order }: Page): number {
  return slug.includes('/') ? order : -Infinity;
}

function slugOf(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/\.mdx?$/, '')
    .replace(/\/index$/, '');
}

function frontmatterOf(file: string): Omit<Page, 'slug'> {
  const [, yaml = ''] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readFileSync(file, 'utf8')) ?? [];
  const data = (parse(yaml) ?? {}) as {
    title?: string;
    draft?: boolean;
    part?: GuidePart;
    sidebar?: { order?: number };
  };
  return {
    title: data.title ?? '',
    order: data.sidebar?.order ?? Infinity,
    draft: data.draft ?? false,
    part: data.part,
  };
}
