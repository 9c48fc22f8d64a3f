/**
 * What the picture of a page is called, without its extension.
 * @param pageId such as `guides/502-bad-gateway-in-api-calls`, and `index` or empty for the home page
 */
export const cardName = (pageId: string): string => (pageId === '' ? 'index' : pageId);

/** Where the picture of a page is served. */
export const cardPath = (pageId: string): string => `/og/${cardName(pageId)}.png`;
