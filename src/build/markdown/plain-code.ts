import type { Element } from 'hast';
import { toString } from 'hast-util-to-string';
import { attribute, codeBlock, find, findAll, hasClass, isElement } from './html-tree.ts';

/** A highlighted fence as its author wrote it: language, title, lines. */
export function highlightedCode(block: Element): Element[] {
  const pre = find(block, (node) => node.tagName === 'pre');
  if (!pre) return [];
  const lines = findAll(pre, (node) => hasClass(node, 'ec-line')).map((line) => toString(line).replace(/\n$/, ''));
  const title = find(block, (node) => hasClass(node, 'title'));
  const name = title ? toString(title) : '';
  return [codeBlock(lines.join('\n'), attribute(pre, 'dataLanguage'), name === '' ? '' : `title="${name}"`)];
}

/** A log or a console, whose lines are elements. */
export const isLog = (node: Element): boolean =>
  hasClass(node, 'play-log') || hasClass(node, 'play-console') || attribute(node, 'role') === 'log';

/** The lines of a log, each behind its kind. */
export const logText = (log: Element): string =>
  log.children
    .filter((line) => isElement(line))
    .map((line) => line.children.map(linePart).join('').trim())
    .join('\n');

/** What a part of a log line adds: a button's number goes, the line's kind gets a colon. */
function linePart(part: Element['children'][number], index: number): string {
  if (isElement(part, 'button')) return '';
  const words = toString(part);
  return isElement(part, 'b') && index === 0 ? `${words}:` : words;
}

/** Raw bytes as lines. The marks for carriage return and line feed stand for what the lines show. */
export const rawText = (pre: Element): string => toString(withoutMarks(pre)).replace(/\n$/, '');

function withoutMarks(node: Element): Element {
  const children = node.children
    .filter((child) => !(isElement(child, 'i') && toString(child) === String.raw`\r\n`))
    .map((child) => (isElement(child) ? withoutMarks(child) : child));
  return { ...node, children };
}
