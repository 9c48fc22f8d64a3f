import type { Element, ElementContent } from 'hast';
import { toString } from 'hast-util-to-string';
import { attribute, codeBlock, element, hasClass, isElement, text } from './html-tree.ts';
import { highlightedCode, isLog, logText, rawText } from './plain-code.ts';
import { plainPlayground } from './plain-playground.ts';

/**
 * What a page says, without what its reader operates: the built HTML of a page's content as HTML that Markdown can
 * express. Pictures become their text alternative, logs and raw bytes become code, and controls go.
 */

const DROPPED_TAGS = new Set(['h1', 'link', 'progress', 'script', 'select', 'style', 'template', 'textarea']);
const DROPPED_CLASSES = ['checklist-bar', 'kind', 'lede', 'page-foot', 'sl-anchor-link'];

function isDropped(node: Element): boolean {
  if (DROPPED_TAGS.has(node.tagName) || DROPPED_CLASSES.some((name) => hasClass(node, name))) return true;
  if (node.tagName === 'button') return true;
  if (node.tagName === 'input') return attribute(node, 'type') !== 'checkbox';
  if (attribute(node, 'popover') !== undefined || attribute(node, 'dataNeedsScript') !== undefined) return true;
  return attribute(node, 'hidden') !== undefined && attribute(node, 'role') !== 'tabpanel';
}

/**
 * The children of a part of a page, plain.
 * @param pageUrl the address that links start from
 */
export const plainChildren = (parent: Element, pageUrl: string): ElementContent[] =>
  parent.children.flatMap((child, index) => {
    const before = parent.children[index - 1];
    return before && setApart(before) && setApart(child)
      ? [text(' '), ...plain(child, pageUrl)]
      : plain(child, pageUrl);
  });

/** What only its look sets apart from a neighbor of its kind. */
const setApart = (node: ElementContent): boolean => isElement(node) && ['a', 'code', 'small'].includes(node.tagName);

function plain(node: ElementContent, pageUrl: string): ElementContent[] {
  if (node.type === 'text') return [node];
  if (!isElement(node) || isDropped(node)) return [];
  if (node.tagName === 'play-ground') return plainPlayground(node);
  if (hasClass(node, 'expressive-code')) return highlightedCode(node);
  if (isLog(node)) return [codeBlock(logText(node))];
  if (node.tagName === 'pre') return [codeBlock(rawText(node), attribute(node, 'dataLanguage'))];
  if (node.tagName === 'svg') return picture(node);
  const children =
    isElement(node, 'th') || isElement(node, 'td') ? cellContent(node, pageUrl) : plainChildren(node, pageUrl);
  if (hasClass(node, 'outcome--chip') || hasClass(node, 'play-origin')) return [spaced(node, children)];
  switch (node.tagName) {
    case 'a':
      // A word with its meaning at hand is part of its sentence.
      if (hasClass(node, 'term')) return children;
      return [{ ...node, properties: { href: resolved(attribute(node, 'href'), pageUrl) }, children }];
    case 'img':
      return [{ ...node, properties: { ...node.properties, src: resolved(attribute(node, 'src'), pageUrl) } }];
    case 'label':
      return children;
    case 'summary':
      return [element('p', [element('strong', children)])];
    case 'b':
    case 'em':
    case 'i':
    case 'strong':
      return withSpaceOutside({ ...node, children });
    case 'aside':
      return [element('blockquote', children)];
    default:
      return [{ ...node, children }];
  }
}

/** A cell's content is what it shows, also when that is a button. */
const cellContent = (cell: Element, pageUrl: string): ElementContent[] =>
  cell.children.flatMap((child) => (isElement(child, 'button') ? [text(toString(child))] : plain(child, pageUrl)));

function picture(svg: Element): ElementContent[] {
  const label = attribute(svg, 'ariaLabel');
  return label === undefined ? [] : [element('p', [element('em', [text(`Picture: ${label}`)])])];
}

/** What only its look sets apart from its neighbors. An item of a list has its line to itself. */
const spaced = (node: Element, children: ElementContent[]): Element =>
  node.tagName === 'li' ? { ...node, children } : { ...node, children: [text(' '), ...children, text(' ')] };

/** Markdown's marks stand right beside a word: a space at the end of what they mark belongs behind them. */
function withSpaceOutside(node: Element): ElementContent[] {
  const last = node.children.at(-1);
  if (last?.type !== 'text' || !last.value.endsWith(' ')) return [node];
  return [{ ...node, children: [...node.children.slice(0, -1), text(last.value.trimEnd())] }, text(' ')];
}

const resolved = (href: string | undefined, pageUrl: string): string =>
  href !== undefined && URL.canParse(href, pageUrl) ? new URL(href, pageUrl).href : '';
