import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection, type CollectionEntry } from 'astro:content';
import { cardOf } from '../../build/card/card-of.ts';
import { cardName } from '../../build/card/card-path.ts';
import { cardPng } from '../../build/card/card-png.ts';
import { cardSvg } from '../../build/card/card-svg.ts';

export const getStaticPaths = (async () => {
  const pages = await getCollection('docs', ({ data }) => !data.draft);
  return pages.map((page) => ({ params: { id: cardName(page.id) }, props: { page } }));
}) satisfies GetStaticPaths;

/** The picture of a page where its address is shared. */
export const GET: APIRoute<{ page: CollectionEntry<'docs'> }> = ({ props: { page } }) =>
  new Response(Buffer.from(cardPng(cardSvg(cardOf(page.id, page.data)))), { headers: { 'Content-Type': 'image/png' } });
