/** What this module needs of Trusted Types, which TypeScript's own types do not describe. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(html: string): string }): { createHTML(html: string): string };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy('gateway-lab', { createHTML: (html) => html });

/**
 * HTML that the build wrote into this page, for putting it back with Preact. The site's policy lets no other text become
 * HTML; never give this anything that a reader, a link or a run has brought.
 */
export const builtHtml = (html: string): string => policy?.createHTML(html) ?? html;
