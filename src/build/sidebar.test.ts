import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sidebarFrom } from './sidebar.ts';

let folder = '';
const write = (path: string, frontmatter: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `---\n${frontmatter}\n---\nText.\n`);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidebar-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the sidebar', () => {
  it('shows a group only when its folder has a page', () => {
    write('index.mdx', 'title: Home');
    write('checklists/first.mdx', 'title: First');
    write('recordings/ignored.mdx', 'title: Data');
    write('playground.mdx', 'title: Playground');
    expect(sidebarFrom(folder)).toEqual([
      { label: 'Start here', items: [{ slug: 'index' }, { slug: 'playground' }] },
      { label: 'Checklists', items: [{ slug: 'checklists/first' }] },
    ]);
  });

  it('sorts by order, then by title', () => {
    write('guides/a.mdx', 'title: Zebra');
    write('guides/b.mdx', 'title: Apple');
    write('guides/c.mdx', 'title: Last by title\nsidebar:\n  order: 1');
    expect(sidebarFrom(folder)[0]?.items).toEqual([{ slug: 'guides/c' }, { slug: 'guides/b' }, { slug: 'guides/a' }]);
  });

  it('leaves out drafts and files whose name starts with an underscore', () => {
    write('guides/draft.mdx', 'title: Draft\ndraft: true');
    write('guides/_notes.mdx', 'title: Notes');
    expect(sidebarFrom(folder)).toEqual([]);
  });

  it('puts the parts of the path into groups of their own, in order, below the folder’s first page', () => {
    write('guides/index.mdx', 'title: The path');
    write('guides/retry.mdx', 'title: Retry\npart: C');
    write('guides/who.mdx', 'title: Who answered\npart: A');
    expect(sidebarFrom(folder)[0]?.items).toEqual([
      { slug: 'guides' },
      { label: 'The path of a request', items: [{ slug: 'guides/who' }] },
      { label: 'Clients that survive', items: [{ slug: 'guides/retry' }] },
    ]);
  });

  it('keeps the checklists of causes and of gateways apart from those for everybody', () => {
    write('checklists/index.mdx', 'title: Checklists');
    write('checklists/first.mdx', 'title: First');
    write('checklists/nginx.mdx', 'title: A gateway');
    write('checklists/upstream-refused.mdx', 'title: A cause');
    expect(sidebarFrom(folder)[0]?.items).toEqual([
      { slug: 'checklists' },
      { slug: 'checklists/first' },
      { label: 'The cause is known', items: [{ slug: 'checklists/upstream-refused' }] },
      { label: 'The gateway is known', items: [{ slug: 'checklists/nginx' }] },
    ]);
  });
});
