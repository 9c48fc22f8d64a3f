import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';

/** What readers have in front of them, and the page that is about it: `[phrase, address, title]`, for the search. */
export const GET: APIRoute = async () => {
  const pages = await getCollection('docs', ({ data }) => !data.draft);
  const phrases = pages.flatMap(({ id, data }) => data.seenAs.map((phrase) => [phrase, `/${id}/`, data.title]));
  return Response.json(phrases);
};
