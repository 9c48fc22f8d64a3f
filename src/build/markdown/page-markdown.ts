import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import { toString } from 'hast-util-to-string';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { attribute, find, findAll, hasClass, isElement } from './html-tree.ts';
import { mainPart } from './main-part.ts';
import { plainChildren } from './plain-content.ts';

/**
 * A built page as Markdown, for programs that read: the whole content with a head that says what it is, where it comes
 * from and when it was checked, and its sources at the end.
 * @param html the page
 * @returns undefined when the page has no content of its own, such as the sandbox's frame
 */
export function pageMarkdown(html: string): string | undefined {
  const head = fromHtml(html.slice(0, html.indexOf('</head>')));
  const source = mainPart(html);
  const main =
    source === undefined ? undefined : find(fromHtml(source, { fragment: true }), ({ tagName }) => tagName === 'main');
  const url = attribute(find(head, (node) => attribute(node, 'rel') === 'canonical') ?? EMPTY, 'href');
  if (!main || url === undefined) return undefined;
  const title = toString(find(main, (node) => node.tagName === 'h1') ?? EMPTY);
  const description = attribute(find(head, (node) => attribute(node, 'name') === 'description') ?? EMPTY, 'content');
  const content: Root = { type: 'root', children: [...plainChildren(main, url), ...sourcesOf(main)] };
  return [
    `# ${title}`,
    ...(description === undefined ? [] : [`> ${description}`]),
    [`- Page: <${url}>`, ...datesOf(main)].join('\n'),
    markdownOf(content),
  ].join('\n\n');
}

const EMPTY: Element = { type: 'element', tagName: 'span', properties: {}, children: [] };

const footOf = (main: Element): Element => find(main, (node) => hasClass(node, 'page-foot')) ?? EMPTY;

/** `Reviewed: 2026-11-22` and the like, from the list of facts in the page's foot. */
const datesOf = (main: Element): string[] =>
  findAll(footOf(main), (node) => node.tagName === 'li').flatMap((item) => {
    const time = item.children.find((child) => isElement(child, 'time'));
    if (!time || !isElement(time)) return [];
    const label = toString({ ...item, children: item.children.filter((child) => child !== time) }).trim();
    return [`- ${label}: ${attribute(time, 'dateTime') ?? toString(time)}`];
  });

function sourcesOf(main: Element): Element[] {
  const sources = find(footOf(main), (node) => attribute(node, 'ariaLabelledBy') === 'sources');
  return sources ? [sources] : [];
}

function markdownOf(content: Root): string {
  const tree = toMdast(content, {
    handlers: {
      'code-block': (_state, node: Element) => ({
        type: 'code',
        lang: attribute(node, 'lang') ?? null,
        meta: attribute(node, 'meta') || null,
        value: attribute(node, 'value') ?? '',
      }),
    },
  });
  return toMarkdown(tree, {
    bullet: '-',
    emphasis: '_',
    fences: true,
    incrementListMarker: true,
    listItemIndent: 'one',
    rule: '-',
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  });
}
