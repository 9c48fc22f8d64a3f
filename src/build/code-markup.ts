import type { ExpressiveCodePlugin } from '@astrojs/starlight/expressive-code';
import { h, type Element, type ElementContent } from '@astrojs/starlight/expressive-code/hast';

/** What the colors of the theme `github-dark` stand for: the classes of `styles/code.css`. */
const CLASSES: Readonly<Record<string, string>> = {
  '#6A737D': 'code-comment',
  '#F97583': 'code-keyword',
  '#9ECBFF': 'code-string',
  '#DBEDFF': 'code-string',
  '#79B8FF': 'code-number',
  '#B392F0': 'code-type',
  '#FFAB70': 'code-name',
  '#85E89D': 'code-tag',
};

/** A piece of code in one color; without a class: in that of the text. */
interface Piece {
  readonly text: string;
  readonly kind: string | undefined;
}

/**
 * Writes code as one text with its words in classes, in place of two boxes for each line and a style for each word: what is
 * highlighted costs a page little more than the same as plain text.
 */
export const plainMarkup: ExpressiveCodePlugin = {
  name: 'plain-markup',
  hooks: {
    postprocessRenderedBlock({ codeBlock, renderData }) {
      const lines = linesOf(renderData.blockAst).map((line) => piecesOf(line));
      const pieces = lines.flatMap((line, index): Piece[] => [
        ...line,
        ...(index < lines.length - 1 ? [{ text: '\n', kind: undefined }] : []),
      ]);
      const title = codeBlock.metaOptions.getString('title');
      renderData.blockAst = h('figure', { class: 'code-block not-content' }, [
        ...(title === undefined ? [] : [h('figcaption', title)]),
        h('pre', { dataLanguage: codeBlock.language }, [h('code', joined(pieces).map(marked))]),
      ]);
    },
  },
};

function linesOf(node: Element): Element[] {
  if (hasClass(node, 'ec-line')) return [node];
  return node.children.flatMap((child) => (child.type === 'element' ? linesOf(child) : []));
}

const hasClass = ({ properties }: Element, name: string): boolean =>
  [properties['className']].flat().join(' ').split(' ').includes(name);

function piecesOf(node: ElementContent, kind?: string): Piece[] {
  // A line that is empty holds a line break, to be as high as the others.
  if (node.type === 'text') return node.value === '\n' ? [] : [{ text: node.value, kind }];
  if (node.type !== 'element') return [];
  const color = /--0:(#\w{6})/.exec(node.properties['style']?.toString() ?? '')?.[1]?.toUpperCase();
  return node.children.flatMap((child) => piecesOf(child, color === undefined ? kind : CLASSES[color]));
}

/** The same with neighbors of one kind in one piece. Spaces have no color, and so are of any kind. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const { text, kind } of pieces) {
    const last = result.at(-1);
    if (last && (last.kind === kind || text.trim() === ''))
      result[result.length - 1] = { ...last, text: last.text + text };
    else result.push({ text, kind });
  }
  return result;
}

const marked = ({ text, kind }: Piece): ElementContent =>
  kind === undefined ? { type: 'text', value: text } : h('span', { class: kind }, text);
