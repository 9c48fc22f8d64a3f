import { createHash } from 'node:crypto';

/**
 * What the pages of the site may load and do, as a Content Security Policy. One text, used twice: as a meta tag in every
 * page, so that it holds on any host, and as a response header (`headers.ts`), which can say a little more.
 *
 * Astro's own `security.csp` is not used: it hashes style elements, and a hash switches `'unsafe-inline'` off, on which
 * the sizes and places in playgrounds (`style` attributes) and Monaco (style elements at run time) depend; and it does not
 * see the scripts that Starlight writes into the page as they are.
 */

/**
 * Names under which a script of the site may make a Trusted Types policy. Monaco's turn text that it has escaped itself
 * into HTML; `dompurify` is the sanitizer inside Monaco. None of them makes scripts but `defaultWorkerFactory`, whose
 * worker `worker-src` confines to this site, and `gateway-lab-workers` of the editor's own workers.
 */
export const TRUSTED_TYPE_POLICIES = [
  'default',
  'gateway-lab',
  'gateway-lab-workers',
  'dompurify',
  'defaultWorkerFactory',
  'diffEditorWidget',
  'diffReview',
  'domLineBreaksComputer',
  'editorGhostText',
  'editorViewLayer',
  'richScreenReaderContent',
  'standaloneColorizer',
  'stickyScrollViewLayer',
  'tokenizeToString',
] as const;

/**
 * Runs first in every page: text may become the address of a script or a worker when it leads to this site, and never
 * HTML or code. Where the browser has no Trusted Types this does nothing.
 */
const DEFAULT_POLICY_SCRIPT =
  "window.trustedTypes?.createPolicy('default',{createScriptURL:u=>new URL(u,document.baseURI).origin===location.origin?u:null})";

/** A script or a style as the policy names it. @param text what stands between the tags, character for character */
export const hashSource = (text: string): string =>
  `'sha256-${createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('base64')}'`;

/**
 * The policy of a page.
 * @param scripts the {@link hashSource}s of its inline scripts
 */
export function pagePolicy(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPE_POLICIES.join(' ')}`,
  ].join('; ');
}

/** The policy of the search's worker, the one script outside the sandbox that compiles WebAssembly. */
export const SEARCH_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Types of `<script>` that hold data and never run. */
const DATA = /\stype=["']?(?:application\/(?:ld\+)?json|text\/plain)["']?/;

/** The texts of the scripts in a built page that run and have no address. */
export function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)]
    .filter(([, attributes = '']) => !/\ssrc=/.test(attributes) && !DATA.test(attributes))
    .map(([, , text = '']) => text);
}

/** A built page with its policy, and with the script that the policy needs, before anything else that loads or runs. */
export function secured(html: string): string {
  const charset = /<meta charset="?utf-8"?\s*\/?>/i.exec(html);
  if (!charset)
    throw new Error('The page has no <meta charset="utf-8">, after which its security policy has to stand.');
  const scripts = [DEFAULT_POLICY_SCRIPT, ...inlineScripts(html)].map(hashSource);
  const policy = pagePolicy([...new Set(scripts)]);
  const end = charset.index + charset[0].length;
  const added = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script>${DEFAULT_POLICY_SCRIPT}</script>`;
  return html.slice(0, end) + added + html.slice(end);
}

/** The policy that a built page carries in its meta tag; null when it has none. */
export const metaPolicy = (html: string): string | null =>
  /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? null;
