import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { isContentFile } from './content-folders.ts';
import { lastChanges } from './last-changed.ts';
import { pageHead } from './page-head.ts';
import { sectionSidebar } from './section-sidebar.ts';

const changes = lastChanges(process.cwd());

/**
 * Fills in what Starlight looks for only under `src/content/docs`, the date of a page's last commit, leaves out a table
 * of contents that would hold nothing but the page itself, shows of other sections no more than their name, and says in
 * the head of the page what programs ask for.
 */
export const onRequest = defineRouteMiddleware(({ locals }) => {
  const route = locals.starlightRoute;
  const changed = route.entry.filePath ? changes.get(route.entry.filePath) : undefined;
  if (changed && !route.lastUpdated && route.entry.data.lastUpdated !== false) route.lastUpdated = changed;
  route.sidebar = sectionSidebar(route.sidebar);
  const { id, data, filePath } = route.entry;
  // A page that no file of content/ stands for, such as the one for unknown addresses, is not a page to cite.
  if (isContentFile(filePath)) route.head.push(...pageHead({ ...data, id, lastUpdated: route.lastUpdated }));
  if (route.toc && route.toc.items.length < 2) route.toc = undefined;
});
