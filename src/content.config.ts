import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { pagesLoader } from './build/pages-loader.ts';
import { pageSchema } from './schema/page.ts';

export const collections = {
  docs: defineCollection({ loader: pagesLoader(), schema: docsSchema({ extend: pageSchema }) }),
};
