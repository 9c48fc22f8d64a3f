// @ts-check
import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import preact from '@astrojs/preact';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { codeBlocks } from './src/build/code-blocks.ts';
import { explainedTerms } from './src/build/glossary-links.ts';
import { guestParts } from './src/build/guest-parts.ts';
import { guestTypes, languageLibrariesOnly } from './src/build/guest-types.ts';
import { leanChunks } from './src/build/lean-chunks.ts';
import { markdownViews } from './src/build/markdown/markdown-views.ts';
import { leanStyles } from './src/build/lean-styles.ts';
import { monacoCss } from './src/build/monaco-css.ts';
import { noIslands } from './src/build/no-islands.ts';
import { compressedPython } from './src/build/python-brotli.ts';
import { pythonModule } from './src/build/python-module.ts';
import { shellComponents, shellHead, shellStyles } from './src/build/shell.ts';
import { sidebarFrom } from './src/build/sidebar.ts';
import { siteSecurity } from './src/build/security-integration.ts';
import { editBase, site } from './src/build/site.ts';

export default defineConfig({
  site: site.url,
  trailingSlash: 'always',
  cacheDir: './.cache/astro',
  // src/components/shell/links-ahead.ts does it, in a fifth of the bytes.
  prefetch: false,
  markdown: { processor: satteri({ hastPlugins: [explainedTerms] }) },
  integrations: [
    starlight({
      title: site.name,
      description: site.description,
      titleDelimiter: '·',
      favicon: '/favicon.svg',
      disable404Route: true,
      editLink: { baseUrl: editBase },
      sidebar: sidebarFrom(fileURLToPath(new URL('./content', import.meta.url))),
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
      components: shellComponents,
      customCss: shellStyles,
      head: shellHead,
      expressiveCode: codeBlocks,
      // Starlight looks for asides and heading links only under src/content/docs unless it is told where pages live.
      markdown: { processedDirs: ['./content'] },
      routeMiddleware: './src/build/route-data.ts',
    }),
    preact(),
    markdownViews(),
    leanStyles(),
    compressedPython(),
    siteSecurity(),
  ],
  vite: {
    cacheDir: './.cache/vite',
    plugins: [guestParts(), guestTypes(), leanChunks(), monacoCss(), noIslands(), pythonModule()],
    worker: { format: 'es', plugins: () => [languageLibrariesOnly()] },
    build: {
      chunkSizeWarningLimit: 8000,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'views',
                test: /rolldown\/runtime|node_modules\/@?preact\/|src\/(?:playground\/(?:outcome-words|quantities)|gateway\/exchange)\.ts/,
              },
            ],
          },
        },
        // Astro's own directive in MDX modules, reported once a page and of no use to anyone.
        onLog: (level, log, show) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') show(level, log);
        },
      },
    },
  },
});
