import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { headerRules, headersFile, type BuiltFile } from './headers.ts';
import { metaPolicy, secured } from './security.ts';

/** Gives each built page its Content Security Policy, and the site its file `_headers`. Must be the last integration. */
export function siteSecurity(): AstroIntegration {
  return {
    name: 'site-security',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        const files = readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry): BuiltFile => {
            const file = path.join(entry.parentPath, entry.name);
            const name = path.relative(root, file).split(path.sep).join('/');
            return { path: name, html: name.endsWith('.html') ? securedFile(file) : null };
          });
        writeFileSync(path.join(root, '_headers'), headersFile(headerRules(files)));
      },
    },
  };
}

/** Secures a page in its place, but for a document that brings a policy of its own. @returns its text */
function securedFile(file: string): string {
  const html = readFileSync(file, 'utf8');
  if (metaPolicy(html) !== null) return html;
  const safe = secured(html);
  writeFileSync(file, safe);
  return safe;
}
