import { existsSync } from 'node:fs';
import { folderOf } from './content-folders.ts';
import { site } from './site.ts';

/** What a page tells search engines about itself, as schema.org data (JSON-LD). */
export interface PageFacts {
  /** Such as `guides/502-bad-gateway-in-api-calls`, and empty for the home page. */
  readonly id: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly reviewed?: Date | undefined;
  readonly lastUpdated?: Date | undefined;
  /** Its second-level headings are questions, and what follows each is the answer. */
  readonly faq?: boolean | undefined;
}

type Thing = Readonly<Record<string, unknown>> & { readonly '@type': string };

/** Folders whose pages are articles. */
const ARTICLES = ['guides', 'causes', 'status', 'gateways', 'encryption'];

/** The data of a page; null for the home page, which has nothing to add to its title. */
export function structuredData(page: PageFacts, hasIndex = folderHasIndex): object | null {
  const things = [articleOf(page), breadcrumbsOf(page, hasIndex), page.faq ? EMPTY_FAQ : null];
  const graph = things.filter((thing) => thing !== null);
  return graph.length === 0 ? null : { '@context': 'https://schema.org', '@graph': graph };
}

/** Its answers are known when the page is built (`answers.ts`). */
const EMPTY_FAQ: Thing = { '@type': 'FAQPage', mainEntity: [] };

const urlOf = (id: string): string => `${site.url}/${id === '' ? '' : `${id}/`}`;

function articleOf({ id, title, description, reviewed, lastUpdated }: PageFacts): Thing | null {
  const { folder } = folderOf(id) ?? {};
  if (folder === undefined || !ARTICLES.includes(folder)) return null;
  const days = [reviewed, lastUpdated]
    .filter((date) => date !== undefined)
    .map((date) => date.toISOString().slice(0, 10));
  const dateModified = days.sort().at(-1);
  return {
    '@type': 'TechArticle',
    headline: title,
    ...(description === undefined ? {} : { description }),
    url: urlOf(id),
    inLanguage: site.language,
    ...(dateModified === undefined ? {} : { dateModified }),
  };
}

function breadcrumbsOf({ id, title }: PageFacts, hasIndex: (folder: string) => boolean): Thing | null {
  if (id === '') return null;
  const folder = folderOf(id);
  const between =
    folder && folder.folder !== id && hasIndex(folder.folder) ? [{ name: folder.label, id: folder.folder }] : [];
  const trail = [{ name: site.name, id: '' }, ...between, { name: title, id }];
  return {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.name,
      item: urlOf(step.id),
    })),
  };
}

const folderHasIndex = (folder: string): boolean =>
  ['md', 'mdx'].some((extension) => existsSync(`content/${folder}/index.${extension}`));
