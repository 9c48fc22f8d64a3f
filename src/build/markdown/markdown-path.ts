/**
 * Where a page's Markdown is served: `index.md` beside its `index.html`.
 * @param pageId such as `guides/502-bad-gateway-in-api-calls`, and empty for the home page
 */
export const markdownPath = (pageId: string): string => (pageId === '' ? '/index.md' : `/${pageId}/index.md`);
