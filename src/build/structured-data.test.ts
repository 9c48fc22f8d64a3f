import { describe, expect, it } from 'vitest';
import { structuredData } from './structured-data.ts';

const guide = {
  id: 'guides/a',
  title: 'A',
  description: 'About A.',
  reviewed: new Date('2026-11-20'),
  lastUpdated: new Date('2026-11-22'),
};

interface Thing {
  '@type': string;
  dateModified?: string;
  itemListElement?: { name: string; item: string }[];
}
const things = (page: Parameters<typeof structuredData>[0], hasIndex = true): Thing[] =>
  (structuredData(page, () => hasIndex) as { '@graph': Thing[] } | null)?.['@graph'] ?? [];

describe('structured data', () => {
  it('calls a guide an article of the day on which it last changed or was last checked', () => {
    expect(things(guide)[0]).toMatchObject({ '@type': 'TechArticle', dateModified: '2026-11-22' });
    expect(things({ ...guide, reviewed: new Date('2026-12-01') })[0]).toMatchObject({ dateModified: '2026-12-01' });
  });

  it('leads from the home page over the folder’s page, where there is one', () => {
    const trail = (page: typeof guide, hasIndex: boolean) =>
      things(page, hasIndex)
        .at(-1)
        ?.itemListElement?.map(({ item }) => new URL(item).pathname);
    expect(trail(guide, true)).toEqual(['/', '/guides/', '/guides/a/']);
    expect(trail(guide, false)).toEqual(['/', '/guides/a/']);
    expect(trail({ ...guide, id: 'guides' }, true)).toEqual(['/', '/guides/']);
  });

  it('says nothing on the home page, and of a tool only where it is', () => {
    expect(structuredData({ id: '', title: 'Home' })).toBeNull();
    expect(things({ id: 'playground', title: 'Try' }).map((thing) => thing['@type'])).toEqual(['BreadcrumbList']);
  });

  it('leaves the questions of a page of questions to its build', () => {
    expect(things({ ...guide, faq: true }).map((thing) => thing['@type'])).toEqual([
      'TechArticle',
      'BreadcrumbList',
      'FAQPage',
    ]);
  });
});
