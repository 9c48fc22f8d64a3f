/**
 * The errors a browser gives a program for a request that got no answer. A browser never says which of refused, reset,
 * DNS or TLS it was; neither does the playground's console (its Network table does).
 */

/** An error that shows the place in the program where `callSite` was created, not the timer it arrived on. */
function at<E extends Error>(error: E, callSite: Error): E {
  const frames = (callSite.stack ?? '').split('\n').filter((line) => /^\s+at |@/.test(line));
  Object.defineProperty(error, 'stack', {
    configurable: true,
    writable: true,
    enumerable: false,
    value: [`${error.name}: ${error.message}`, ...frames].join('\n'),
  });
  return error;
}

/** No status line ever came, or the rest of a body that was asked for as a whole. The text is Chromium's. */
export const failedToFetch = (callSite: Error): TypeError => at(new TypeError('Failed to fetch'), callSite);

/** The status line came, the body broke off. The text is Chromium's. */
export const networkError = (callSite: Error): TypeError => at(new TypeError(NETWORK_ERROR), callSite);

const NETWORK_ERROR = 'network error';

export const isNetworkError = (error: unknown): boolean =>
  error instanceof TypeError && error.message === NETWORK_ERROR;

/** What `AbortSignal.timeout()` aborts with. The text is Chromium's. */
export const timeoutError = (callSite: Error): DOMException =>
  at(new DOMException('signal timed out', 'TimeoutError'), callSite);
