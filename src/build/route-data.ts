import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { lastChanges } from './last-changed.ts';
import { sectionSidebar } from './section-sidebar.ts';

const changes = lastChanges(process.cwd());

/**
 * Fills in what Starlight looks for only under `src/content/docs`, the date of a page's last commit, leaves out a table
 * of contents that would hold nothing but the page itself, and shows of other sections no more than their name.
 */
export const onRequest = defineRouteMiddleware(({ locals }) => {
  const route = locals.starlightRoute;
  const changed = route.entry.filePath ? changes.get(route.entry.filePath) : undefined;
  if (changed && !route.lastUpdated && route.entry.data.lastUpdated !== false) route.lastUpdated = changed;
  route.sidebar = sectionSidebar(route.sidebar);
  if (route.toc && route.toc.items.length < 2) route.toc = undefined;
});
