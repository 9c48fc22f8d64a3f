import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the built site that the page tests look at. `SITE_DIST` names another one than `dist`. */
export const DIST = process.env['SITE_DIST'] ?? 'dist';

/** Paths of all pages in the sitemap, e.g. `/guides/502-bad-gateway-in-api-calls/`, in its order. */
export function sitemapPaths(): string[] {
  const sitemaps = existsSync(DIST) ? readdirSync(DIST).filter((name) => /^sitemap-\d+\.xml$/.test(name)) : [];
  if (sitemaps.length === 0) throw new Error(`${DIST}/ holds no sitemap: build the site first with \`npm run build\`.`);
  const locations = sitemaps.flatMap((name) =>
    [...readFileSync(join(DIST, name), 'utf8').matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? ''),
  );
  return locations.map((location) => new URL(location).pathname);
}

/** Folders of which every page has the same parts, written to one plan. */
const OF_ONE_KIND = ['causes', 'status', 'gateways', 'guides', 'encryption', 'checklists'];
/** So many pages of a kind, the heaviest, stand for all of it. */
const HEAVIEST = 2;

/**
 * The pages that the slow tests look at: of every kind of which there are many, its list and the heaviest pages; of
 * everything else, all. What can be told without a browser, built-pages.spec.ts tells of every page.
 */
export function samplePaths(): string[] {
  const bytes = (pathname: string): number => statSync(builtFile(pathname) ?? '').size;
  const paths = sitemapPaths();
  const kindOf = (pathname: string): string => pathname.split('/')[1] ?? '';
  const samples = OF_ONE_KIND.flatMap((kind) =>
    paths
      .filter((pathname) => kindOf(pathname) === kind && pathname !== `/${kind}/`)
      .sort((a, b) => bytes(b) - bytes(a))
      .slice(0, HEAVIEST),
  );
  return paths.filter(
    (pathname) =>
      samples.includes(pathname) || !OF_ONE_KIND.includes(kindOf(pathname)) || pathname === `/${kindOf(pathname)}/`,
  );
}

/** The file in the built site that answers `pathname`; undefined when there is none. */
export function builtFile(pathname: string): string | undefined {
  const path = join(DIST, decodeURIComponent(pathname));
  return [pathname.endsWith('/') ? join(path, 'index.html') : path].find((file) => existsSync(file));
}

/** Paths of all HTML files in the built site, as a browser asks for them. */
export function builtPages(): string[] {
  return readdirSync(DIST, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .map((file) => `/${file}`.replace(/\/index\.html$/, '/'));
}

/** Whether the site was built with Python; it is not where pip could not fetch the packages. */
export const hasPython = (): boolean => existsSync(join(DIST, 'python'));
export const WITHOUT_PYTHON = 'The site was built without Python: pip could not fetch its packages.';
