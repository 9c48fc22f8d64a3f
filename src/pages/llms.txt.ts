import { resolve } from 'node:path';
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { DATA_FILES } from '../build/data/index.ts';
import { llmsText } from '../build/llms-text.ts';
import { sidebarFrom } from '../build/sidebar.ts';

/** What a language model should read here, and where. */
export const GET: APIRoute = async () => {
  const pages = await getCollection('docs', ({ data }) => !data.draft);
  const known = new Map(
    pages.map(
      ({ id, data }) => [id === 'index' ? '' : id, { title: data.title, description: data.description ?? '' }] as const,
    ),
  );
  const files = DATA_FILES.map(({ name, title }) => ({
    path: `/data/${name}.json`,
    title: `${name}.json`,
    description: `${title}. Its JSON Schema is ${name}.schema.json beside it.`,
  }));
  return new Response(llmsText(sidebarFrom(resolve('content')), known, files), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
