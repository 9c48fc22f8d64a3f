/**
 * The folders of `content/` that hold pages, in the order of the sidebar. A group shows once its folder has a page.
 * Everything else under `content/` (scenarios, recordings) is data and never becomes a page.
 */
export interface ContentFolder {
  /** Name of the folder, which is also the first part of its pages' addresses. */
  folder: string;
  /** Heading of the sidebar group. */
  label: string;
  /** What one page of it is called, shown above the page's title. */
  kind: string;
}

export const CONTENT_FOLDERS: readonly ContentFolder[] = [
  { folder: 'guides', label: 'Guides', kind: 'Guide' },
  { folder: 'encryption', label: 'Encryption', kind: 'Encryption' },
  { folder: 'causes', label: 'Causes', kind: 'Cause' },
  { folder: 'status', label: 'Status codes', kind: 'Status code' },
  { folder: 'gateways', label: 'Gateways', kind: 'Gateway' },
  { folder: 'checklists', label: 'Checklists', kind: 'Checklist' },
  { folder: 'scenarios', label: 'Scenarios', kind: 'Scenarios' },
  { folder: 'exercises', label: 'Exercises', kind: 'Exercise' },
];

/** Pages that lie in no folder, in the order of the sidebar. */
export const SINGLE_PAGES: readonly string[] = ['index', 'doctor', 'playground', 'faq', 'glossary', 'data'];

/** Glob patterns, relative to `content/`, of the files that are pages. A name that starts with `_` is not a page. */
export const PAGE_PATTERNS: string[] = [
  ...SINGLE_PAGES.map((name) => `${name}.mdx`),
  `{${CONTENT_FOLDERS.map(({ folder }) => folder).join(',')}}/**/[^_]*.{md,mdx}`,
];

/** The folder that a page belongs to, from its id such as `guides/502-bad-gateway-in-api-calls`. */
export function folderOf(pageId: string): ContentFolder | undefined {
  const [first] = pageId.split('/');
  return CONTENT_FOLDERS.find(({ folder }) => folder === first);
}

/** Whether a page is written in `content/`. The page for unknown addresses is not. */
export const isContentFile = (filePath: string): boolean => filePath.startsWith('content/');
