import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const PREFIX = '\0monaco-css:';

/**
 * Keeps Monaco's style sheets (150 kB) out of the pages. Astro links the CSS of dynamically imported modules from every
 * page that can reach them, where it blocks rendering; this turns each `.css` import inside monaco-editor into a module
 * that adopts the sheet when the editor itself arrives. Files that the CSS points at (the icon font) become assets.
 */
export function monacoCss(): Plugin {
  return {
    name: 'monaco-css',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith('.css') || !importer || !/[\\/]monaco-editor[\\/]/.test(importer)) return null;
      return `${PREFIX}${path.resolve(path.dirname(importer.split('?')[0] ?? ''), source)}.mjs`;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const file = id.slice(PREFIX.length, -'.mjs'.length);
      return sheetModule(readFileSync(file, 'utf8'), path.dirname(file));
    },
  };
}

/** JavaScript that adopts `css` as a style sheet; relative `url()`s become imported assets of `folder`. */
export function sheetModule(css: string, folder: string): string {
  const assets: string[] = [];
  const parts = css.split(/url\((['"]?)(\.[^'")]+)\1\)/);
  let text = JSON.stringify(parts[0] ?? '');
  for (let index = 1; index < parts.length; index += 3) {
    const asset = (parts[index + 1] ?? '').split(/[?#]/)[0] ?? '';
    text += ` + 'url(' + asset${assets.length} + ')' + ${JSON.stringify(parts[index + 2] ?? '')}`;
    assets.push(path.resolve(folder, asset));
  }
  return [
    ...assets.map((asset, index) => `import asset${index} from ${JSON.stringify(`${asset}?url`)};`),
    `const sheet = new CSSStyleSheet();`,
    `sheet.replaceSync(${text});`,
    `document.adoptedStyleSheets.push(sheet);`,
  ].join('\n');
}
