import type { Clock } from '../gateway/clock.ts';
import type { Exchange, ExchangeRequest } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import { BodyQueue } from './body-queue.ts';
import { playWire } from './connection.ts';
import { networkError } from './failures.ts';
import { wireResponse } from './response.ts';

export interface TransferOptions {
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** A request has left the client. */
  readonly onRequested?: (exchange: Exchange) => void;
  /** An exchange is over. Called exactly once for each. */
  readonly onExchanged: (exchange: Exchange) => void;
}

/** The exchanges that are under way. */
export interface Transfers {
  /**
   * Sends a request through the gateway. Resolves when the status line and headers have arrived; null when they never
   * will. Aborting `signal` ends the exchange; the promise is then left open, because whoever aborts knows better why.
   */
  send(request: ExchangeRequest, signal: AbortSignal): Promise<Response | null>;
  /** Exchanges in which something will still happen. */
  readonly active: number;
  /** Exchanges that are not over, those included that nothing will ever happen in. */
  readonly open: readonly Exchange[];
  /** The client goes away: ends what is open. */
  abandonAll(): void;
}

export function createTransfers({ gateway, clock, onRequested, onExchanged }: TransferOptions): Transfers {
  const open = new Map<Exchange, () => void>();
  const silent = new Set<Exchange>();

  function send(request: ExchangeRequest, signal: AbortSignal): Promise<Response | null> {
    const startedAt = clock.now();
    const exchange = gateway.answer(request, startedAt);
    onRequested?.(exchange);

    const over = (seen: Exchange): void => {
      if (!open.delete(exchange)) return;
      silent.delete(exchange);
      onExchanged(seen);
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
    let headSeen = false;
    open.set(exchange, abandon);
    const stop = playWire(exchange, clock, {
      head: (head) => {
        headSeen = true;
        resolve(wireResponse(head, request.method === 'HEAD' ? null : body.stream));
      },
      body: (bytes) => body.push(bytes),
      end: () => {
        body.close();
        over(exchange);
      },
      fail: () => {
        if (headSeen) body.fail(networkError(new Error()));
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
