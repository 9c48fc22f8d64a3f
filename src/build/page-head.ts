import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { markdownPath } from './markdown/markdown-path.ts';
import { structuredData, type PageFacts } from './structured-data.ts';

/** What the head of a page of `content/` says to programs: where its Markdown is, and its facts as schema.org data. */
export function pageHead(page: PageFacts): StarlightRouteData['head'] {
  const data = structuredData(page);
  return [
    { tag: 'link', attrs: { rel: 'alternate', type: 'text/markdown', href: markdownPath(page.id) }, content: '' },
    ...(data ? [{ tag: 'script' as const, attrs: { type: 'application/ld+json' }, content: inScript(data) }] : []),
  ];
}

/** JSON that cannot end the script that it stands in. */
const inScript = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
