import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { HtmlValidate, type ConfigData } from 'html-validate';
import { builtFile, builtPages } from '../setup/built-site.ts';

/** What can be told of every page without a browser: its HTML, as the server sends it. */

const RULES: ConfigData = {
  root: true,
  rules: {
    'element-required-attributes': 'error',
    'empty-heading': 'error',
    'empty-title': 'error',
    // The list of contents stands in front of the title, with a heading of its own.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    'input-missing-label': 'error',
    'map-id-name': 'error',
    'multiple-labeled-controls': 'error',
    'no-abstract-role': 'error',
    'no-dup-attr': 'error',
    'no-dup-id': 'error',
    'no-missing-references': 'error',
    'no-multiple-main': 'error',
    'wcag/h30': 'error',
    'wcag/h32': 'error',
    'wcag/h36': 'error',
    'wcag/h37': 'error',
    'wcag/h63': 'error',
  },
};
const validator = new HtmlValidate(RULES);

async function problemsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  const found = results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `line ${line}: ${ruleId}: ${message}`),
  );
  const headings = html.match(/<h1[\s>]/g)?.length ?? 0;
  if (headings !== 1) found.push(`${headings} headings of level 1`);
  if (!/<html[^>]*\slang="en"/.test(html)) found.push('the language is not said');
  const tables = html.match(/<table[\s>][^]*?<\/table>/g) ?? [];
  if (tables.some((table) => !/<th[\s>]/.test(table))) found.push('a table without a header');
  return found;
}

test('the HTML of every page is sound: headings, ids, names of links and pictures, headers of tables', async () => {
  test.setTimeout(300_000);
  const problems: Record<string, readonly string[]> = {};
  for (const page of builtPages().filter((path) => !path.endsWith('/frame.html'))) {
    const found = await problemsOf(readFileSync(builtFile(page) ?? '', 'utf8'));
    if (found.length > 0) problems[page] = found;
  }
  expect(problems).toEqual({});
});

test('a page that is not sound is found out', async () => {
  const page = (body: string) =>
    `<!doctype html><html lang="en"><head><title>A page</title></head><body><main>${body}</main></body></html>`;
  expect(await problemsOf(page('<h1>One</h1><h2 id="a">Two</h2><p>Text <a href="/b/">link</a></p>'))).toEqual([]);
  const broken = await problemsOf(
    page(
      '<h1>One</h1><h3 id="a">Three</h3><p id="a"><a href="/b/"></a><img src="/c.png"></p><table><tr><td>1</td></tr></table>',
    ),
  );
  for (const rule of ['heading-level', 'no-dup-id', 'wcag/h30', 'wcag/h37', 'a table without a header'])
    expect(broken.join('\n')).toContain(rule);
});
