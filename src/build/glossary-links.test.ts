import { satteri } from '@astrojs/markdown-satteri';
import { describe, expect, it } from 'vitest';
import { definitionOf } from './glossary.ts';
import { explainedTerms } from './glossary-links.ts';

/** The page as a module, made the way the build makes it. */
async function built(source: string, options: { file?: string; frontmatter?: Record<string, unknown> } = {}) {
  const { file = '/site/content/guides/first.mdx', frontmatter = {} } = options;
  const renderer = await satteri({ hastPlugins: [explainedTerms] }).createMdxRenderer?.(
    { syntaxHighlight: false },
    { optimize: false },
  );
  return (await renderer?.process(source, file, frontmatter))?.code ?? '';
}

/** The words that the page explains, each with its address. */
async function explained(...page: Parameters<typeof built>): Promise<string[]> {
  const links = (await built(...page)).matchAll(/class: "term",\s+href: "([^"]+)",[^}]*?children: "([^"]+)"/g);
  return [...links].map(([, href = '', word = '']) => `${word} ${href}`);
}

const UPSTREAM = 'upstream /glossary/#upstream';
const GATEWAY = 'gateway /glossary/#gateway';

describe('a page of the knowledge', () => {
  it('explains a word where its prose uses it first, and only there', async () => {
    expect(await explained('The gateway asks the **upstream**.\n\nThe gateway and the upstream agree.')).toEqual([
      GATEWAY,
      UPSTREAM,
    ]);
  });

  it('has the meaning at hand', async () => {
    expect(await built('The gateway.')).toContain(
      `"aria-description": ${JSON.stringify(definitionOf('gateway').definition)}`,
    );
  });

  it('leaves the words around an explained one as they are', async () => {
    expect(await built('The gateway and an upstream agree.')).toMatch(
      /"The ",[^]*"gateway"[^]*" and an ",[^]*"upstream"[^]*" agree\."/,
    );
  });

  it.each([
    ['a heading', '## The gateway'],
    ['code', 'The `gateway` and\n\n```text\ngateway\n```'],
    ['a link', '[the gateway](/gateways/)'],
    ['what opens a fold', '<details>\n<summary>The gateway</summary>\n\nNothing.\n\n</details>'],
    ['a table', '| the gateway |\n| - |\n| gateway |'],
    ['a component', '<Playground id="x">\n\nThe gateway\n\n</Playground>'],
  ])('explains nothing in %s, and the word behind it', async (_place, source) => {
    expect(await explained(source)).toEqual([]);
    expect(await explained(`${source}\n\nAnd the gateway.`)).toEqual([GATEWAY]);
  });

  it('explains what is folded or listed', async () => {
    expect(await explained('<details>\n<summary>More</summary>\n\n- The gateway.\n\n</details>')).toEqual([GATEWAY]);
  });

  it('leaves a word to the place that its author marks', async () => {
    expect(await explained('The gateway, later <Term id="gateway" />. An upstream.')).toEqual([UPSTREAM]);
  });

  it('leaves out what its author leaves out', async () => {
    const source = 'The gateway asks the upstream.';
    expect(await explained(source, { frontmatter: { unexplained: ['gateway'] } })).toEqual([UPSTREAM]);
    expect(await explained(source, { frontmatter: { unexplained: true } })).toEqual([]);
    await expect(explained(source, { frontmatter: { unexplained: ['no-such-term'] } })).rejects.toThrow(
      'There is no term "no-such-term"',
    );
  });
});

it('explains nothing on other pages, such as the glossary', async () => {
  for (const file of ['/site/content/glossary.mdx', '/site/content/checklists/first-five-minutes.mdx'])
    expect(await explained('The gateway.', { file })).toEqual([]);
  expect(await explained('The gateway.', { file: '/site/content/faq.mdx' })).toEqual([GATEWAY]);
});
