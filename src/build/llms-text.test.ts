import { expect, it } from 'vitest';
import { llmsText } from './llms-text.ts';
import { site } from './site.ts';

it('lists the pages by section in the order of the sidebar, with what each is about, and the data last', () => {
  const page = (title: string) => ({ title, description: `About ${title}.` });
  const pages = new Map([
    ['guides/b', page('B')],
    ['guides/a', page('A')],
    ['', page('Home')],
  ]);
  const sidebar = [
    { label: 'Start here', items: [{ slug: 'index' }] },
    { label: 'Guides', items: [{ slug: 'guides/b' }, { label: 'Part A', items: [{ slug: 'guides/a' }] }] },
  ];
  const text = llmsText(sidebar, pages, [{ path: '/data/x.json', title: 'x.json', description: 'All x.' }]);
  expect(text.startsWith(`# ${site.name}\n\n> ${site.description}\n`)).toBe(true);
  expect(text.slice(text.indexOf('## '))).toBe(`## Start here

- [Home](${site.url}/index.md): About Home.

## Guides

- [B](${site.url}/guides/b/index.md): About B.
- [A](${site.url}/guides/a/index.md): About A.

## Data

- [x.json](${site.url}/data/x.json): All x.
`);
});
