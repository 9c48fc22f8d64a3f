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
 * controls. It also spares this document the reload that MSW does when it meets a registration of another tab.
 * @param url of the worker's script, on this site; the folder that it is in is its scope
 * @param answer gives null for a request that is none of the simulated network's
 */
export async function answerByServiceWorker(
  url: string,
  answer: (request: Request) => Promise<Response> | null,
): Promise<AnsweringWorker> {
  const worker = setupWorker(http.all('*', ({ request }) => answer(request) ?? undefined));
  const start = async (): Promise<void> => {
    const registration = await worker.start({ serviceWorker: { url }, quiet: true, onUnhandledFrame: 'bypass' });
    await registration?.unregister();
    // MSW's note of the documents that it answers.
    if (registration) await caches.delete(`msw:active-clients:${registration.scope}`);
  };
  await start();
  return {
    restart: async () => {
      await worker.stop();
      await start();
    },
    stop: async () => worker.stop(),
  };
}
