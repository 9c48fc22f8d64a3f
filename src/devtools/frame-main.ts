import { RealClock } from '../gateway/real-clock.ts';
import { isPageFetchOrder } from '../network/page-fetch-protocol.ts';
import { answerByServiceWorker, type AnsweringWorker } from '../network/service-worker.ts';
import { EXCHANGE_HEADER, FOLDER } from './address.ts';
import { PageExchange } from './page-exchange.ts';
import type { FrameGreeting, FrameOrder, FrameReport } from './protocol.ts';

/**
 * The hidden frame that sends the requests. It is a document of its own because a service worker answers the requests of
 * documents below its address: this way it controls this frame and no page, and goes when the frame goes.
 */

const realTime = {
  now: () => performance.now(),
  setTimeout: (callback: () => void, ms: number) => window.setTimeout(callback, ms),
  clearTimeout: (timer: number) => window.clearTimeout(timer),
};

/** Exchanges that are under way, by the value of their header. */
const exchanges = new Map<string, PageExchange>();
const answer = (request: Request): Promise<Response> | null =>
  exchanges.get(request.headers.get(EXCHANGE_HEADER) ?? '')?.answer() ?? null;

addEventListener('message', function greet(event: MessageEvent<FrameGreeting>) {
  const [control] = event.ports;
  if (event.origin !== location.origin || event.source !== window.parent || !control) return;
  removeEventListener('message', greet);
  const report = (message: FrameReport): void => control.postMessage(message);
  // The page has given this frame an address of its own: in another tab the frame has another worker.
  const { pathname, search } = location;
  const url = `${FOLDER}mock-service-worker.js${search}`;
  answerByServiceWorker({ url, scope: pathname + search }, answer).then(
    (worker) => {
      control.onmessage = (order: MessageEvent<FrameOrder>) => obey(order, worker, report);
      report({ kind: 'ready' });
    },
    (error: unknown) => report({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) }),
  );
});

// Left by the page: what hangs would keep the service worker from ending.
addEventListener('pagehide', stopAll);

function stopAll(): void {
  for (const exchange of exchanges.values()) exchange.stop();
}

function obey(
  { data, ports }: MessageEvent<FrameOrder>,
  worker: AnsweringWorker,
  report: (message: FrameReport) => void,
): void {
  if (data.kind === 'close') {
    stopAll();
    void worker.stop().finally(() => report({ kind: 'closed' }));
    return;
  }
  if (data.kind === 'end') return endRun(data.run);
  const [port] = ports;
  if (port) serve(data.run, port, worker, () => report({ kind: 'bypassed', run: data.run }));
}

/** One restart for all requests that were left alone at once. */
let reviving: Promise<boolean> | null = null;

/** Sends what the guest of a run orders. */
function serve(run: number, port: MessagePort, worker: AnsweringWorker, onBypassed: () => void): void {
  const clock = new RealClock(realTime);
  const revive = (): Promise<boolean> => {
    reviving ??= worker.restart().then(
      () => true,
      () => false,
    );
    return reviving.finally(() => {
      reviving = null;
    });
  };
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isPageFetchOrder(data)) return;
    const mark = `${run}.${data.id}`;
    if (data.kind === 'stop') {
      exchanges.get(mark)?.stop();
      exchanges.delete(mark);
    } else if (!exchanges.has(mark)) {
      const tell = port.postMessage.bind(port);
      exchanges.set(
        mark,
        new PageExchange(data, { clock, mark, tell, revive, onBypassed, streams: canTransferStreams() }),
      );
    }
  };
}

function endRun(run: number): void {
  for (const [mark, exchange] of exchanges) {
    if (!mark.startsWith(`${run}.`)) continue;
    exchange.stop();
    exchanges.delete(mark);
  }
}

/** Not every browser can hand a stream to a service worker. */
function canTransferStreams(): boolean {
  try {
    const stream = new ReadableStream();
    new MessageChannel().port1.postMessage(stream, [stream]);
    return true;
  } catch {
    return false;
  }
}
