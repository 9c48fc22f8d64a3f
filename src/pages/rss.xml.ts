import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { site } from '../build/site.ts';

/** The pages that are reviewed (guides, checklists, …), the most recently reviewed first. */
export const GET: APIRoute = async () => {
  const pages = await getCollection('docs', ({ data }) => data.reviewed !== undefined && !data.draft);
  const items = pages
    .map(({ id, data }) => ({
      title: data.title,
      description: data.description ?? '',
      link: `/${id}/`,
      pubDate: data.reviewed ?? new Date(0),
    }))
    .sort((a, b) => b.pubDate.getTime() - a.pubDate.getTime() || a.title.localeCompare(b.title, 'en'));
  return rss({
    title: site.name,
    description: site.description,
    site: site.url,
    items,
    customData: `<language>${site.language}</language>`,
  });
};
