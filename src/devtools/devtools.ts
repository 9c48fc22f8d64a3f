import { FOLDER } from './address.ts';
import type { FrameGreeting, FrameOrder, FrameReport } from './protocol.ts';
import { BYPASSED, refusalSentence, contextSentence, SWITCHED_OFF } from './refusal.ts';

/** The way of requests through the page, where the browser's developer tools show them. */
export interface Devtools {
  /**
   * A way for one run.
   * @param onTrouble hears in a sentence why the run cannot go on: the mode was ended, or the service worker did not answer
   */
  readonly forRun: (onTrouble: (sentence: string) => void) => DevtoolsRun;
  /** Ends the mode: no service worker, no frame, nothing stored. */
  readonly stop: () => Promise<void>;
}

export interface DevtoolsRun {
  /** For the guest's part `pageFetch`. */
  readonly port: MessagePort;
  /** The run is over: requests that still hang are canceled. */
  readonly end: () => void;
}

/** Real time in which the service worker has to start, and to stop. */
const PATIENCE_MS = 15_000;

/**
 * Starts the mode.
 * @param onLeft the reader left the page, which ended the mode; a browser may bring the page back
 * @returns the way, or a sentence for the reader that says why there is none here
 */
export async function startDevtools(onLeft: () => void): Promise<Devtools | { readonly sentence: string }> {
  const sentence = contextSentence();
  if (sentence !== null) return { sentence };
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Sends the requests of the playground';
  frame.src = `${FOLDER}frame.html?${crypto.randomUUID()}`;
  const { port1: control, port2: theirs } = new MessageChannel();
  const reports = listen(control);
  document.body.append(frame);
  // Also when the page goes into the browser's memory of pages to go back to: the worker must not outlive its use.
  const leave = (): void => {
    remove();
    endRuns();
    onLeft();
  };
  const runs = new Set<(sentence: string) => void>();
  const endRuns = (): void => {
    for (const end of runs) end(SWITCHED_OFF);
  };
  addEventListener('pagehide', leave);
  const remove = (): void => {
    removeEventListener('pagehide', leave);
    frame.remove();
  };
  frame.addEventListener(
    'load',
    () => {
      const greeting: FrameGreeting = { kind: 'open-devtools-frame' };
      frame.contentWindow?.postMessage(greeting, location.origin, [theirs]);
    },
    { once: true },
  );
  const first = await reports.next(PATIENCE_MS, ({ kind }) => kind === 'ready' || kind === 'refused');
  if (first?.kind !== 'ready') {
    remove();
    return { sentence: refusalSentence(first?.kind === 'refused' ? first.reason : null) };
  }

  let lastRun = 0;
  const order = (message: FrameOrder, ports: Transferable[] = []): void => control.postMessage(message, ports);
  return {
    forRun(onTrouble) {
      const run = ++lastRun;
      const { port1, port2 } = new MessageChannel();
      const forget = reports.on((report) => {
        if (report.kind === 'bypassed' && report.run === run) onTrouble(BYPASSED);
      });
      runs.add(onTrouble);
      order({ kind: 'run', run }, [port1]);
      return {
        port: port2,
        end: () => {
          forget();
          runs.delete(onTrouble);
          order({ kind: 'end', run });
        },
      };
    },
    async stop() {
      endRuns();
      const closed = reports.next(PATIENCE_MS, ({ kind }) => kind === 'closed');
      order({ kind: 'close' });
      await closed;
      remove();
    },
  };
}

interface Reports {
  readonly on: (listener: (report: FrameReport) => void) => () => void;
  /** The first report of a kind; null when it does not come in time. */
  readonly next: (patienceMs: number, wanted: (report: FrameReport) => boolean) => Promise<FrameReport | null>;
}

function listen(port: MessagePort): Reports {
  const listeners = new Set<(report: FrameReport) => void>();
  port.onmessage = ({ data }: MessageEvent<FrameReport>) => {
    for (const listener of [...listeners]) listener(data);
  };
  const on = (listener: (report: FrameReport) => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    on,
    next: (patienceMs, wanted) =>
      new Promise((resolve) => {
        const forget = on((report) => {
          if (wanted(report)) settle(report);
        });
        const timer = setTimeout(() => settle(null), patienceMs);
        const settle = (report: FrameReport | null): void => {
          clearTimeout(timer);
          forget();
          resolve(report);
        };
      }),
  };
}
