import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { cardAlt, cardOf } from './card/card-of.ts';
import { cardPath } from './card/card-path.ts';
import { CARD_SIZE, type CardWire } from './card/card-svg.ts';
import { markdownPath } from './markdown/markdown-path.ts';
import { site } from './site.ts';
import { structuredData, type PageFacts } from './structured-data.ts';

/**
 * What the head of a page of `content/` says to programs: where its Markdown is, its facts as schema.org data, and the
 * picture to show where its address is shared.
 */
export function pageHead(
  page: PageFacts & { readonly cause?: { readonly wire: CardWire } | undefined },
): StarlightRouteData['head'] {
  const data = structuredData(page);
  const card: readonly (readonly [string, string])[] = [
    ['og:image', site.url + cardPath(page.id)],
    ['og:image:width', String(CARD_SIZE.width)],
    ['og:image:height', String(CARD_SIZE.height)],
    ['og:image:alt', cardAlt(cardOf(page.id, page))],
  ];
  return [
    ...card.map(([property, content]) => ({ tag: 'meta' as const, attrs: { property, content }, content: '' })),
    { tag: 'link', attrs: { rel: 'alternate', type: 'text/markdown', href: markdownPath(page.id) }, content: '' },
    ...(data ? [{ tag: 'script' as const, attrs: { type: 'application/ld+json' }, content: inScript(data) }] : []),
  ];
}

/** JSON that cannot end the script that it stands in. */
const inScript = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
