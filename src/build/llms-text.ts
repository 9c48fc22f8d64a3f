import { markdownPath } from './markdown/markdown-path.ts';
import { site } from './site.ts';
import type { SidebarGroup } from './sidebar.ts';

/** What the list for language models says about a page. */
export interface ListedPage {
  readonly title: string;
  readonly description: string;
}

interface ListedFile extends ListedPage {
  /** Such as `/data/matrix.json`. */
  readonly path: string;
}

/**
 * The site's `llms.txt` (see llmstxt.org): a heading, what the site is, and a list of the Markdown views by section, in the
 * order of the sidebar, with the files for programs at the end.
 * @param groups the sidebar of the whole site
 * @param pages every page by its id
 */
export function llmsText(
  groups: readonly SidebarGroup[],
  pages: ReadonlyMap<string, ListedPage>,
  files: readonly ListedFile[],
): string {
  const line = (path: string, { title, description }: ListedPage): string =>
    `- [${title}](${site.url}${path}): ${description}`;
  const sections = groups.map(({ label, items }) => {
    const lines = slugsOf(items).flatMap((slug) => {
      // The sidebar calls the home page by its file, the collection by its address.
      const id = slug === 'index' ? '' : slug;
      const page = pages.get(id);
      return page ? [line(markdownPath(id), page)] : [];
    });
    return `## ${label}\n\n${lines.join('\n')}\n`;
  });
  const data = `## Data\n\n${files.map((file) => line(file.path, file)).join('\n')}\n`;
  return [`# ${site.name}\n`, `> ${site.description}\n`, `${HOW}\n`, ...sections, data].join('\n');
}

const HOW =
  'Each page below is Markdown, made from the page that people read: programs stand as code, and below them what they did ' +
  'when the site was built. Answers of gateways are recorded from the real programs or taken from the vendor’s ' +
  'documentation; each says which.';

const slugsOf = (items: SidebarGroup['items']): string[] =>
  items.flatMap((item) => ('slug' in item ? [item.slug] : slugsOf(item.items)));
