import postcss, { type AtRule, type ChildNode, type Container, type Declaration, type Root, type Rule } from 'postcss';
import parseSelector, { type Node } from 'postcss-selector-parser';

/** What a site's pages and scripts mention. */
export interface SiteWords {
  /** Classes and ids of elements, and every word of a script, which may become one. */
  readonly names: ReadonlySet<string>;
  /** Custom properties that are read. */
  readonly properties: ReadonlySet<string>;
}

/** Collects the words that style sheets are compared with. */
export function wordsOf(pages: readonly string[], scripts: readonly string[]): SiteWords {
  const names = new Set<string>();
  const properties = new Set<string>();
  for (const html of pages) {
    for (const [, value = ''] of html.matchAll(/\b(?:class|id)="([^"]*)"/g))
      for (const name of value.split(/\s+/)) names.add(name);
    for (const name of readBy(html)) properties.add(name);
  }
  const inline = pages.flatMap((html) => [...html.matchAll(/<script(?![^>]*json)[^>]*>([^]*?)<\/script>/g)]);
  for (const text of [...scripts, ...inline.map(([, text = '']) => text)]) {
    for (const [word] of text.matchAll(/--[\w-]+|[A-Za-z_][\w-]*/g))
      (word.startsWith('--') ? properties : names).add(word);
  }
  return { names, properties };
}

const readBy = (text: string): string[] => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name = '']) => name);

/** Custom properties of the theme and of its code blocks. Ours stay: scripts put their names together. */
const OF_THE_THEME = /^--(?:__)?(?:sl|ec)-/;

/**
 * Leaves out of a style sheet what cannot show: rules for classes and ids that nothing has, and custom properties of the
 * theme that nothing reads or that a later rule for every page always overrules.
 */
export function leanCss(css: string, { names, properties }: SiteWords): string {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    const needed = rule.selectors.filter((selector) =>
      parseSelector()
        .astSync(selector)
        .some((part) => canFit(part, names)),
    );
    if (needed.length === 0) rule.remove();
    else if (needed.length < rule.selectors.length) rule.selectors = needed;
  });
  removeOverruled(root);
  // What only a property that nobody reads has read is read no longer.
  for (let before = ''; before !== root.toString();) {
    before = root.toString();
    const read = new Set([...properties, ...readBy(before)]);
    root.walkDecls(OF_THE_THEME, (declaration) => {
      if (!read.has(declaration.prop)) declaration.remove();
    });
  }
  removeEmpty(root);
  return root.toString();
}

/** Whether a selector can fit an element, as far as its classes and ids tell. */
function canFit(part: Node, names: ReadonlySet<string>): boolean {
  if (part.type === 'class' || part.type === 'id') return names.has(part.value);
  if (part.type === 'pseudo')
    return part.value === ':not' || part.nodes.length === 0 || part.nodes.some((choice) => canFit(choice, names));
  return part.type !== 'selector' || part.nodes.every((inner) => canFit(inner, names));
}

/** Where a custom property holds for the whole page. */
const WHOLE_PAGE = /^(?::root|::backdrop|(?::root)?\[data-theme=["']?\w+["']?\](?::root| ::backdrop)?)$/;

function isLayered({ parent }: ChildNode): boolean {
  if (!parent || parent.type === 'document' || parent.type === 'root') return false;
  return (parent.type === 'atrule' && (parent as AtRule).name === 'layer') || isLayered(parent as AtRule | Rule);
}

/**
 * Our tokens give the theme's custom properties their values on `:root` in every case, in no layer. What a layer says about
 * the same property is never heard, nor is what stands before them with the same weight.
 */
function removeOverruled(root: Root): void {
  const last = new Map<string, Declaration>();
  for (const node of root.nodes) {
    if (node.type !== 'rule' || !node.selectors.includes(':root')) continue;
    node.walkDecls(OF_THE_THEME, (declaration) => void last.set(declaration.prop, declaration));
  }
  const behind = new Set<string>(last.keys());
  root.walkDecls(OF_THE_THEME, (declaration) => {
    const { prop, parent, important } = declaration;
    const winner = last.get(prop);
    if (winner === declaration) behind.delete(prop);
    if (!winner || winner === declaration || important || parent?.type !== 'rule') return;
    const { selectors } = parent;
    const layered = isLayered(declaration) && selectors.every((selector) => WHOLE_PAGE.test(selector));
    const earlier = behind.has(prop) && selectors.every((selector) => selector === ':root');
    if (layered || earlier) declaration.remove();
  });
}

function removeEmpty(container: Container): void {
  container.each((node) => {
    if (!('nodes' in node) || !node.nodes) return;
    removeEmpty(node);
    if (node.nodes.length === 0) node.remove();
  });
}
