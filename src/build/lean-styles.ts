import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { leanCss, wordsOf } from './lean-css.ts';

/** A page's link to a style sheet, but for those that only some readers need. */
const LINK = /<link rel="stylesheet" href="(\/_astro\/[^"]+\.css)"(?: media="print")?\/?>/g;

/**
 * Makes one style sheet of those that the built pages link, without the rules that fit nothing on any page: a page waits for
 * one file, small, that the next page has already. Must come before the integration that writes the security policies.
 */
export function leanStyles(): AstroIntegration {
  return {
    name: 'lean-styles',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => path.join(root, file));
        const read = (file: string): string => readFileSync(file, 'utf8');
        const pages = files.filter((file) => file.endsWith('.html')).map((file) => ({ file, html: read(file) }));
        const order = commonOrder(pages.map(({ html }) => [...html.matchAll(LINK)].map(([, href = '']) => href)));
        const inPlace = (href: string): string => path.join(root, href);
        // Workers have no document, and the types of TypeScript are large.
        const scripts = files.filter(
          (file) => file.endsWith('.js') && !/[\\/](?:pagefind|python)[\\/]|worker/.test(file),
        );
        const css = leanCss(
          order.map((href) => read(inPlace(href))).join('\n'),
          wordsOf(
            pages.map(({ html }) => html),
            scripts.map(read),
          ),
        );
        const href = `/_astro/site.${createHash('sha256').update(css).digest('base64url').slice(0, 8)}.css`;
        for (const sheet of order) rmSync(inPlace(sheet));
        writeFileSync(inPlace(href), css);
        for (const { file, html } of pages) writeFileSync(file, withOneSheet(html, href));
      },
    },
  };
}

/** The page with one link in place of its first, and none in place of the others. */
function withOneSheet(html: string, href: string): string {
  let first = true;
  return html.replace(LINK, () => {
    if (!first) return '';
    first = false;
    return `<link rel="stylesheet" href="${href}">`;
  });
}

/** All entries of the lists, each once, each list in its own order. Throws where two lists want it both ways. */
export function commonOrder(lists: readonly (readonly string[])[]): string[] {
  const order: string[] = [];
  const open = new Set(lists.flat());
  while (open.size > 0) {
    const next = [...open].find((entry) =>
      lists.every((list) => !list.includes(entry) || list.find((other) => open.has(other)) === entry),
    );
    if (next === undefined)
      throw new Error(
        `Pages link these style sheets in different orders, so they cannot be one: ${[...open].join(' ')}`,
      );
    open.delete(next);
    order.push(next);
  }
  return order;
}
