import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';
import type { ElementContent, Parents } from 'hast';
import { z } from 'zod';
import { unexplainedSchema } from '../schema/page.ts';
import { allTerms, definitionOf, termLink } from './glossary.ts';
import { termFinder } from './glossary-words.ts';

type Plugin = NonNullable<SatteriProcessorOptions['hastPlugins']>[number];

/** Pages that explain: those of the knowledge. A checklist, a list of scenarios or a data page does not. */
const EXPLAINING = /\/content\/(?:(?:causes|encryption|gateways|guides|status)\/[^/]+|faq)\.mdx$/;

/** Where a word of the glossary is no prose. A component says by itself what it shows. */
const NO_PROSE = new Set(
  'a button caption code dt figcaption h1 h2 h3 h4 h5 h6 kbd label pre samp script style summary table'.split(' '),
);
const isProse = (name: string): boolean => !NO_PROSE.has(name) && !/^[A-Z]/.test(name);

const documentData = z.looseObject({
  astro: z.looseObject({ frontmatter: z.looseObject({ unexplained: unexplainedSchema.optional() }) }).optional(),
});

/**
 * Makes each word of the glossary a link to its meaning, where a page uses it first in its prose. A term that the author
 * marks with `<Term>` is left to that mark, and one that the frontmatter lists under `unexplained` is left alone.
 */
export const explainedTerms: Plugin = ({ fileURL, source, data }) => {
  if (!EXPLAINING.test(fileURL?.pathname ?? '')) return null;
  const wanted = wantedTerms(source, documentData.parse(data).astro?.frontmatter.unexplained);
  return {
    name: 'explained-terms',
    text(node, ctx) {
      const found = findTerms(node.value).filter(({ id }) => wanted.has(id));
      if (found.length === 0) return;
      for (let up: Readonly<Parents> | undefined = ctx.parent(node); up; up = ctx.parent(up)) {
        const name = 'tagName' in up ? up.tagName : 'name' in up ? (up.name ?? '') : '';
        if (!isProse(name)) return;
      }
      const parts: ElementContent[] = [];
      let from = 0;
      for (const { id, start, end } of found) {
        if (!wanted.delete(id)) continue;
        parts.push({ type: 'text', value: node.value.slice(from, start) });
        parts.push(explained(id, node.value.slice(start, end)));
        from = end;
      }
      ctx.replaceNode(node, [...parts, { type: 'text', value: node.value.slice(from) }]);
    },
  };
};

const terms = allTerms();
const findTerms = termFinder(terms);

/** The terms that a page has not explained yet. Throws when it leaves out one that there is not. */
function wantedTerms(source: string, unexplained: z.output<typeof unexplainedSchema> = []): Set<string> {
  if (unexplained === true) return new Set();
  const marked = [...source.matchAll(/<Term\s+id="([^"]+)"/g)].map(([, id = '']) => id);
  for (const id of unexplained) definitionOf(id);
  const left = new Set([...marked, ...unexplained]);
  return new Set(terms.map(({ id }) => id).filter((id) => !left.has(id)));
}

/** What <Term> draws, too (components/Term.astro). */
const explained = (id: string, word: string): ElementContent => ({
  type: 'element',
  tagName: 'a',
  properties: termLink(id),
  children: [{ type: 'text', value: word }],
});
