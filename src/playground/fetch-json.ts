const fetched = new Map<string, Promise<unknown>>();

/**
 * A file of the site's own data, fetched once a page; after a failure the next call tries again.
 * @param path from the site's base, e.g. `/data/choices.json`
 * @param what names it for the reader, e.g. `The list of gateways`; the error is a sentence that begins with it
 */
export function fetchJson<Data>(path: string, what: string): Promise<Data> {
  const known = fetched.get(path) as Promise<Data> | undefined;
  if (known) return known;
  const answer = fetch(siteUrl(path)).then(
    (response) => {
      if (!response.ok) throw new Error(`${what} could not be loaded (status ${response.status}). Try again.`);
      return response.json() as Promise<Data>;
    },
    () => {
      throw new Error(`${what} could not be loaded. Check your connection and try again.`);
    },
  );
  fetched.set(path, answer);
  answer.catch(() => fetched.delete(path));
  return answer;
}

/** An address of this site. @param path from its base, with a leading slash */
export const siteUrl = (path: string): string => import.meta.env.BASE_URL.replace(/\/$/, '') + path;
