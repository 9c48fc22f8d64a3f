import xhrUrl from 'virtual:xhr-url';

/** The text of the `XhrModule`. Throws a sentence when it cannot be had. */
export async function xhrModule(): Promise<string> {
  const response = await fetch(xhrUrl).catch(() => null);
  if (response?.ok) return response.text();
  throw new Error('The code for XMLHttpRequest could not be loaded. Check your connection and press Run again.');
}
