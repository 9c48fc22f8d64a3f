import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { site } from './site.ts';

/** The parts of Starlight that are replaced by our own. */
const REPLACED = [
  'Footer',
  'Header',
  'MarkdownContent',
  'MobileMenuFooter',
  'MobileMenuToggle',
  'PageTitle',
  'Pagination',
  'Search',
  'SiteTitle',
  'ThemeProvider',
  'ThemeSelect',
] as const;

export const shellComponents: NonNullable<StarlightUserConfig['components']> = Object.fromEntries(
  REPLACED.map((name) => [name, `./src/components/shell/${name}.astro`]),
);

/** In cascade order: a later file wins over an earlier one. */
export const shellStyles: string[] = ['tokens', 'starlight', 'shell', 'prose', 'term', 'code', 'outcome', 'print'].map(
  (name) => `./src/styles/${name}.css`,
);

/** Tags in the head of every page besides those that Starlight writes (title, canonical, description, sitemap). */
export const shellHead: NonNullable<StarlightUserConfig['head']> = [
  {
    tag: 'link',
    attrs: { rel: 'alternate', type: 'application/rss+xml', title: `${site.name}: new pages`, href: '/rss.xml' },
  },
  { tag: 'meta', attrs: { name: 'theme-color', media: '(prefers-color-scheme: light)', content: '#fcfcfa' } },
  { tag: 'meta', attrs: { name: 'theme-color', media: '(prefers-color-scheme: dark)', content: '#15181b' } },
];
