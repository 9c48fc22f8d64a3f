import type { Clock } from '../gateway/clock.ts';
import type { Exchange, ExchangeRequest, ProgramView } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import type { ResponseHead } from '../gateway/http-message.ts';
import { BodyQueue, type BodySink } from './body-queue.ts';
import { playWire, type Play } from './connection.ts';
import { networkError } from './failures.ts';
import { wireResponse } from './response.ts';

/**
 * Decides, when a response's head has arrived, whether the program may have it. What it says of a response that is kept
 * from the program becomes part of the exchange.
 */
export type Judge = (head: ResponseHead) => { readonly told?: ProgramView; readonly kept: boolean };

export interface TransferOptions {
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** A request has left the client. */
  readonly onRequested?: (exchange: Exchange) => void;
  /** An exchange is over. Called exactly once for each. */
  readonly onExchanged: (exchange: Exchange) => void;
  /** Undoes a response's Content-Encoding on the way to `body`; nothing is undone without it. */
  readonly decode?: Decode | undefined;
  /** Another way for an exchange than in this thread. */
  readonly play?: Play | undefined;
}

/**
 * Where the bytes of a body go instead of to `body`; null when they need no decoding.
 * @param tell takes note that the program cannot read what arrived
 */
export type Decode = (head: ResponseHead, body: BodySink, tell: (told: ProgramView) => void) => BodySink | null;

/** The exchanges that are under way. */
export interface Transfers {
  /**
   * Sends a request through the gateway. Resolves when the status line and headers have arrived; null when they never
   * will or `judge` keeps it. Aborting `signal` ends the exchange; the promise is then left open, because whoever aborts
   * knows better why.
   */
  send(request: ExchangeRequest, signal: AbortSignal, judge?: Judge): Promise<Response | null>;
  /** Exchanges in which something will still happen. */
  readonly active: number;
  /** Exchanges that are not over, those included that nothing will ever happen in. */
  readonly open: readonly Exchange[];
  /** The client goes away: ends what is open. */
  abandonAll(): void;
}

export function createTransfers({
  gateway,
  clock,
  onRequested,
  onExchanged,
  decode,
  play = playWire,
}: TransferOptions): Transfers {
  const open = new Map<Exchange, () => void>();
  const silent = new Set<Exchange>();

  function send(request: ExchangeRequest, signal: AbortSignal, judge?: Judge): Promise<Response | null> {
    const startedAt = clock.now();
    const exchange = gateway.answer(request, startedAt);
    onRequested?.(exchange);

    const over = (seen: Exchange): void => {
      if (!open.delete(exchange)) return;
      silent.delete(exchange);
      onExchanged(told ? { ...seen, program: told } : seen);
    };
    const abandon = (): void => {
      if (!open.has(exchange)) return;
      stop();
      over(gateway.abandon(exchange, clock.now() - startedAt));
    };
    const body = new BodyQueue(abandon);
    // Also after the last byte: a body that was not read yet is lost by an abort.
    const abort = (): void => {
      abandon();
      body.abort(signal.reason);
    };

    let resolve: (response: Response | null) => void;
    const answered = new Promise<Response | null>((settle) => {
      resolve = settle;
    });
    let sink: BodySink | null = null;
    let told: ProgramView | undefined;
    open.set(exchange, abandon);
    const stop = play(exchange, clock, {
      head: (head) => {
        sink = decode?.(head, body, (view) => (told = view)) ?? body;
        const verdict = judge?.(head);
        told = verdict?.told;
        resolve(verdict?.kept ? null : wireResponse(head, request.method === 'HEAD' ? null : body.stream));
      },
      body: (bytes) => sink?.push(bytes),
      end: () => {
        sink?.close();
        over(exchange);
      },
      fail: () => {
        if (sink) sink.fail(networkError(new Error()));
        else resolve(null);
        over(exchange);
      },
      silence: () => silent.add(exchange),
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
    return answered;
  }

  return {
    send,
    get active() {
      return open.size - silent.size;
    },
    get open() {
      return [...open.keys()];
    },
    abandonAll() {
      for (const abandon of [...open.values()]) abandon();
    },
  };
}
