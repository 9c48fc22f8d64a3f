import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { withAnswers } from '../answers.ts';
import { pageMarkdown } from './page-markdown.ts';

/** What a page's head says when it has a Markdown view. */
const ALTERNATE = 'type="text/markdown"';

/** Writes each built page that announces a Markdown view a second time, as Markdown, and answers the questions in its head. */
export function markdownViews(): AstroIntegration {
  return {
    name: 'markdown-views',
    hooks: {
      'astro:build:done': ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const started = performance.now();
        const pages = globSync('**/index.html', { cwd: root }).filter((page) => writeMarkdown(path.join(root, page)));
        logger.info(`${pages.length} pages as Markdown in ${Math.round(performance.now() - started)} ms`);
      },
    },
  };
}

function writeMarkdown(file: string): boolean {
  const built = readFileSync(file, 'utf8');
  const html = withAnswers(built);
  if (html !== built) writeFileSync(file, html);
  if (!html.slice(0, html.indexOf('</head>')).includes(ALTERNATE)) return false;
  const markdown = pageMarkdown(html);
  if (markdown === undefined) throw new Error(`${file} announces a Markdown view and has no main content.`);
  writeFileSync(file.replace(/\.html$/, '.md'), markdown);
  return true;
}
