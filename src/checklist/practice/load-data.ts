/** After so many ms a reader is told that it takes long, and after so many that nothing came. */
const SLOW = 4000;
const TOO_SLOW = 30_000;

/** Why there is no data, as a sentence for the reader. */
export class NotLoaded extends Error {}

/**
 * A file of the site's own data. Rejects with {@link NotLoaded}.
 * @param path from the site's base, such as `/data/practice/first-five-minutes.json`
 * @param slow is called when it takes long
 */
export async function loadData<Data>(path: string, slow: () => void): Promise<Data> {
  const telling = setTimeout(slow, SLOW);
  try {
    const address = import.meta.env.BASE_URL.replace(/\/$/, '') + path;
    const response = await fetch(address, { signal: AbortSignal.timeout(TOO_SLOW) });
    if (!response.ok) throw new NotLoaded(`The site answered ${response.status} where the recording should be.`);
    return (await response.json()) as Data;
  } catch (error) {
    if (error instanceof NotLoaded) throw error;
    throw new NotLoaded(whyNot(error));
  } finally {
    clearTimeout(telling);
  }
}

function whyNot(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'Nothing came for 30 seconds.';
  if (error instanceof SyntaxError) return 'Something between you and the site answered in its place.';
  return navigator.onLine ? 'The site cannot be reached.' : 'You are offline.';
}
