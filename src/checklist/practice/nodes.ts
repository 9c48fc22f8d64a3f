/** An element with a class and what stands in it. */
export function node<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

/** A link. */
export function link(words: string, href: string): HTMLAnchorElement {
  const anchor = node('a', '', words);
  anchor.href = href;
  return anchor;
}
