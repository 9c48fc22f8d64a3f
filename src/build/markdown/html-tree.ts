import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast';

/** Looking around in the parsed HTML of a built page. */

export const isElement = (node: Nodes, tagName?: string): node is Element =>
  node.type === 'element' && (tagName === undefined || node.tagName === tagName);

export function hasClass({ properties }: Element, name: string): boolean {
  const { className } = properties;
  return Array.isArray(className) && className.includes(name);
}

/** An attribute as text; undefined when the element does not have it. An attribute without a value is an empty text. */
export function attribute({ properties }: Element, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || value === null || value === false) return undefined;
  return Array.isArray(value) ? value.join(' ') : value === true ? '' : String(value);
}

/** Every element below `parent` that fits, in the page's order, without a look inside one that fits. */
export function findAll(parent: Root | Element, fits: (element: Element) => boolean): Element[] {
  return parent.children.flatMap((child: RootContent) => {
    if (!isElement(child)) return [];
    return fits(child) ? [child] : findAll(child, fits);
  });
}

export const find = (parent: Root | Element, fits: (element: Element) => boolean): Element | undefined =>
  findAll(parent, fits)[0];

export const text = (value: string): ElementContent => ({ type: 'text', value });

export const element = (tagName: string, children: ElementContent[], properties = {}): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});

/** A block of code with its language and what stands behind it on the fence. The value is an attribute, which keeps its white space. */
export const codeBlock = (value: string, lang = 'text', meta = ''): Element =>
  element('code-block', [], { value, lang, meta });

/** Words that stand out, in a paragraph of their own. */
export const strong = (words: string): Element => element('p', [element('strong', [text(words)])]);
