import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';

/** A service worker that answers the requests of this document, and of no other. */
export interface AnsweringWorker {
  /** Starts it anew: a browser that has put it to sleep may have made it forget this document. */
  readonly restart: () => Promise<void>;
  /** Answers nothing more. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts MSW's service worker. Once this has resolved, each `fetch` of this document is answered by `answer`; a response
 * of `Response.error()` is the network error it stands for. Rejects with the browser's reason when it cannot start.
 *
 * The worker lives as long as this document and leaves nothing behind, however the document ends: its registration is
 * taken back as soon as it has started. Browsers keep a worker that has lost its registration for the documents that it
 * controls. No two documents may share a worker, or the one would answer for the other: give each an address and a
 * script's address of its own.
 * @param url of the worker's script, on this site
 * @param scope where the address of this document starts, and that of no other; inside the script's folder
 * @param answer gives null for a request that is none of the simulated network's
 */
export async function answerByServiceWorker(
  { url, scope }: { readonly url: string; readonly scope: string },
  answer: (request: Request) => Promise<Response> | null,
): Promise<AnsweringWorker> {
  const worker = setupWorker(http.all('*', ({ request }) => answer(request) ?? undefined));
  // MSW's note of the documents that it answers.
  const forget = (): Promise<unknown> => caches.delete(`msw:active-clients:${new URL(scope, location.href).href}`);
  const start = async (): Promise<void> => {
    const registration = await worker.start({
      serviceWorker: { url, options: { scope } },
      quiet: true,
      onUnhandledFrame: 'bypass',
    });
    await registration?.unregister();
    await forget();
  };
  await start();
  return {
    restart: async () => {
      await worker.stop();
      await start();
    },
    stop: async () => {
      await worker.stop();
      await forget();
    },
  };
}
