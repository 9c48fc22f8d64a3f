import type { FrameOrder, FrameReport } from './frame.ts';

/** Time that the frame may take to confirm that a worker is gone; a frame that broke down never does. */
const STOP_PATIENCE_MS = 3000;

export interface StartedWorker {
  readonly stop: () => void;
  /** Lets a script of the frame's document answer on a port for as long as the worker lives; see {@link FrameOrder}. */
  readonly serve: (script: string, port: MessagePort) => void;
}

/** The page's end of the sandbox frame, which it makes when the first worker is wanted. */
export class FrameHandle {
  /** It may have broken down: a browser does not tell when a frame has. Nothing new should start in it. */
  suspect = false;
  readonly #element = document.createElement('iframe');
  readonly #listeners = new Map<number, (report: FrameReport) => void>();
  readonly #control: Promise<MessagePort>;
  readonly #sent = new Set<string>();
  readonly #onGone: () => void;
  #lastId = 0;
  #gone = false;

  /** @param onGone the frame broke down or could not be loaded; every worker in it is over */
  constructor(onGone: () => void) {
    this.#onGone = onGone;
    this.#control = this.#open();
    this.#control.catch(() => this.remove());
  }

  /**
   * Starts a worker that talks on `port`.
   * @param script the address and the text of the guest's script
   * Rejects when the frame cannot be loaded.
   */
  async start(
    script: { readonly url: string; readonly text: string },
    port: MessagePort,
    onReport: (report: FrameReport) => void,
  ): Promise<StartedWorker> {
    const control = await this.#control;
    const id = ++this.#lastId;
    this.#listeners.set(id, onReport);
    const order = (what: FrameOrder, ports: Transferable[] = []): void => control.postMessage(what, ports);
    const text = this.#sent.has(script.url) ? null : script.text;
    this.#sent.add(script.url);
    order({ kind: 'start', id, url: script.url, text }, [port]);
    return {
      stop: () => {
        if (!this.#listeners.has(id)) return;
        order({ kind: 'stop', id });
        setTimeout(() => {
          if (this.#listeners.has(id)) this.remove();
        }, STOP_PATIENCE_MS);
      },
      serve: (text, served) => order({ kind: 'serve', id, text }, [served]),
    };
  }

  /** Ends everything in the frame. */
  remove(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#element.remove();
    for (const [id, report] of this.#listeners) report({ kind: 'stopped', id });
    this.#listeners.clear();
    this.#onGone();
  }

  async #open(): Promise<MessagePort> {
    await this.#load();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<FrameReport>) => {
      const listener = this.#listeners.get(data.id);
      this.suspect = false;
      if (data.kind === 'stopped') this.#listeners.delete(data.id);
      listener?.(data);
    };
    // An opaque origin has no name to send to; the port goes to this one frame all the same.
    this.#element.contentWindow?.postMessage(null, '*', [port2]);
    return port1;
  }

  #load(): Promise<void> {
    const element = this.#element;
    element.setAttribute('sandbox', 'allow-scripts');
    element.title = 'Sandbox of the code playground';
    element.hidden = true;
    element.src = `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}sandbox/frame.html`;
    return new Promise((resolve) => {
      element.addEventListener('load', () => resolve(), { once: true });
      document.body.append(element);
    });
  }
}
