import type { StarlightRouteData } from '@astrojs/starlight/route-data';

type Entry = StarlightRouteData['sidebar'][number];

/**
 * The sidebar of one page: its own section with every page, each other section as one link to its first page. A reader of
 * a guide does not pay for the names of a hundred status codes.
 */
export function sectionSidebar(sidebar: readonly Entry[]): Entry[] {
  return sidebar.map((entry, index) => {
    if (entry.type === 'link' || index === 0 || hasCurrent(entry)) return entry;
    const first = firstLink(entry);
    return first ? { ...first, label: entry.label } : entry;
  });
}

const hasCurrent = (entry: Entry): boolean =>
  entry.type === 'link' ? entry.isCurrent : entry.entries.some((inner) => hasCurrent(inner));

const firstLink = (entry: Entry): (Entry & { type: 'link' }) | undefined =>
  entry.type === 'link' ? entry : entry.entries.map((inner) => firstLink(inner)).find((link) => link !== undefined);
