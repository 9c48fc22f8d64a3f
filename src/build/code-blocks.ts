import { createAstroRenderer, type StarlightExpressiveCodeOptions } from '@astrojs/starlight/expressive-code';
import { plainMarkup } from './code-markup.ts';

/**
 * Expressive Code finds the words of each language, and no more: frames, styles and scripts of its own are several times
 * what the pages need. `code-markup.ts` writes the HTML, `styles/code.css` colors it, `shell/code-copy.ts` copies it.
 */
export const codeBlocks: StarlightExpressiveCodeOptions = {
  // The colors tell `code-markup.ts` what a word is.
  themes: ['github-dark'],
  minSyntaxHighlightingColorContrast: 0,
  frames: false,
  textMarkers: false,
  plugins: [plainMarkup],
  // By default a line that takes half a second is left half colored, and on a busy machine the first one does.
  shiki: {
    // Languages without a grammar of their own.
    langAlias: { haproxy: 'txt', caddyfile: 'txt', vcl: 'txt', squid: 'txt', lighttpd: 'txt' },
    transformers: [{ preprocess: (_code, options) => void (options.tokenizeTimeLimit = 0) }],
  },
  async customCreateAstroRenderer(args) {
    const renderer = await createAstroRenderer(args);
    renderer.hashedStyles.length = 0;
    renderer.hashedScripts.length = 0;
    return renderer;
  },
};
