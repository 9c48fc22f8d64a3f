/** Below this every address is simulated; the frame and its service worker live here, too. */
export const FOLDER = '/devtools/';

/** The header that tells the service worker which request of which run it is, e.g. `2.3`. */
export const EXCHANGE_HEADER = 'X-Gateway-Lab-Exchange';

/**
 * The address on this site that stands for `url` in the developer tools: `/devtools/api.example.com/orders/42`. The site's
 * policy allows requests to no other host, and none is needed: the service worker answers.
 * Null when there is none.
 */
export function addressFor(url: string): string | null {
  const { protocol, host, pathname, search } = new URL(url);
  const first = `${FOLDER}${protocol === 'https:' ? '' : protocol}${host}`;
  const address = new URL(`https://site.invalid${first}${pathname}${search}`);
  // A host of two dots would climb out of the folder.
  return host !== '' && address.pathname.startsWith(`${first}/`) ? address.pathname + address.search : null;
}
