import type { Element, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString } from 'hast-util-to-string';
import { find, hasClass, isElement } from './markdown/html-tree.ts';
import { mainPart } from './markdown/main-part.ts';
import { plainChildren } from './markdown/plain-content.ts';

/** The list that a page with `faq: true` in its frontmatter leaves open in its head. */
const OPEN_LIST = '"@type":"FAQPage","mainEntity":[]';

/** A built page with its questions and answers in its structured data; the page itself when it has none. */
export function withAnswers(html: string): string {
  if (!html.includes(OPEN_LIST)) return html;
  const mainEntity = questionsOf(html).map(({ question, answer }) => ({
    '@type': 'Question',
    name: question,
    acceptedAnswer: { '@type': 'Answer', text: answer },
  }));
  const list = JSON.stringify(mainEntity).replaceAll('<', '\\u003c');
  return html.replace(OPEN_LIST, () => OPEN_LIST.replace('[]', () => list));
}

/** The second-level headings of a page's content and the words below each. */
function questionsOf(html: string): { question: string; answer: string }[] {
  const main = find(fromHtml(mainPart(html) ?? '', { fragment: true }), ({ tagName }) => tagName === 'main');
  const content = main && find(main, (node) => hasClass(node, 'sl-markdown-content'));
  if (!content) return [];
  const questions: { question: string; answer: string }[] = [];
  for (const node of plainChildren(content, 'https://page.test/')) {
    const heading = headingOf(node);
    if (heading) questions.push({ question: wordsOf(heading), answer: '' });
    else {
      const last = questions.at(-1);
      if (last) last.answer = `${last.answer} ${wordsOf(node)}`.trim();
    }
  }
  return questions.filter(({ answer }) => answer !== '');
}

/** A second-level heading, which stands in a wrapper with the link to it. */
const headingOf = (node: RootContent): Element | undefined =>
  !isElement(node) ? undefined : node.tagName === 'h2' ? node : find(node, ({ tagName }) => tagName === 'h2');

const wordsOf = (node: RootContent): string => toString(node).replace(/\s+/g, ' ').trim();
