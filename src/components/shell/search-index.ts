import { bestPage, type SeenAs } from './seen-as.ts';

/** A page, or a section of one, in which the words were found. */
export interface SearchHit {
  title: string;
  url: string;
  /** Text around the words; matches stand in `<mark>`, everything else is escaped by Pagefind. */
  excerpt: string;
}
export interface PageHit extends SearchHit {
  sections: SearchHit[];
}
export interface SearchResult {
  total: number;
  pages: PageHit[];
}

/** The part of Pagefind's own interface that is used here; it publishes no types for the generated module. */
interface Pagefind {
  options(options: { excerptLength: number }): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(words: string, options: object, waitMs: number): Promise<{ results: PagefindResult[] } | null>;
}
interface PagefindResult {
  data(): Promise<{
    url: string;
    excerpt: string;
    meta: { title?: string };
    sub_results: SearchHit[];
  }>;
}

const PAGES_SHOWN = 8;
const SECTIONS_SHOWN = 3;

/** Whether a section is the head of its page, which the page's own entry already shows. */
const isTop = (section: string, page: string) => section === page || section.endsWith('#_top');

let opened: Promise<Pagefind> | undefined;

/** Fetches the index's entry once. Rejects where there is none, as in `astro dev`. */
export function openIndex(): Promise<Pagefind> {
  opened ??= (async () => {
    // Pagefind writes this module after the build, so the bundler cannot see it.
    const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/pagefind/pagefind.js`;
    const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
    await pagefind.options({ excerptLength: 18 });
    await pagefind.init();
    return pagefind;
  })();
  return opened;
}

let phrases: Promise<readonly SeenAs[]> | undefined;

/** What the pages are about, in the words of logs and errors. Nothing when it cannot be had: the index still finds much. */
const phrasesOf = (): Promise<readonly SeenAs[]> =>
  (phrases ??= fetch(`${import.meta.env.BASE_URL.replace(/\/$/, '')}/data/seen-as.json`)
    .then((response) => (response.ok ? (response.json() as Promise<readonly SeenAs[]>) : []))
    .catch(() => []));

/** The best pages for these words; `undefined` when newer words have overtaken them. */
export async function find(words: string): Promise<SearchResult | undefined> {
  const pagefind = await openIndex();
  const found = await pagefind.debouncedSearch(words, {}, 120);
  if (!found) return undefined;
  const best = bestPage(words, await phrasesOf());
  const results = await Promise.all(found.results.slice(0, PAGES_SHOWN).map((result) => result.data()));
  const pages = results.map(({ url, excerpt, meta, sub_results }) => ({
    title: meta.title ?? url,
    url,
    excerpt,
    sections: sub_results.filter((section) => !isTop(section.url, url)).slice(0, SECTIONS_SHOWN),
  }));
  if (!best) return { total: found.results.length, pages };
  const [phrase, url, title] = best;
  const first = pages.find((page) => page.url === url);
  const head = first ?? { title, url, excerpt: escaped(`Also seen as ${phrase}`), sections: [] };
  return {
    total: Math.max(found.results.length, 1),
    pages: [head, ...pages.filter((page) => page !== first)].slice(0, PAGES_SHOWN),
  };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
