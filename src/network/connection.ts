import type { Clock } from '../gateway/clock.ts';
import type { Exchange, WireEvent } from '../gateway/exchange.ts';
import { decodeBody, parseHead, toBytes, type Framing, type ResponseHead } from '../gateway/http-message.ts';

/** What a client hears while bytes arrive on its connection, in this order. */
export interface Receiver {
  head(head: ResponseHead): void;
  /** Body bytes without their framing; never empty. */
  body(bytes: Uint8Array<ArrayBuffer>): void;
  /** The message is whole. */
  end(): void;
  /** The message will never be whole: refused, reset, cut short, not HTTP. */
  fail(): void;
  /** The connection stays open and nothing more will ever arrive on it, though the message is not whole. */
  silence(): void;
}

/** What is played: the request and what travels on the client's connection. */
export type Played = Pick<Exchange, 'id' | 'request' | 'wire'>;

/**
 * Plays what traveled on the client's connection to `receiver`, on the clock, from now on.
 * @returns stops it; nothing is heard after that
 */
export type Play = (exchange: Played, clock: Clock, receiver: Receiver) => () => void;

export const playWire: Play = (exchange, clock, receiver) => {
  const listener = new Listener(exchange.request.method, receiver);
  const timers = exchange.wire.map((event, index) =>
    clock.setTimer(() => {
      listener.hear(event);
      if (index === exchange.wire.length - 1) listener.nothingMore();
    }, event.at),
  );
  if (timers.length === 0) listener.nothingMore();
  return () => {
    listener.close();
    for (const timer of timers) clock.clearTimer(timer);
  };
};

/** Reads one response off a connection. */
class Listener {
  readonly #method: string;
  readonly #receiver: Receiver;
  #arrived = '';
  #body: { readonly start: number; readonly framing: Framing } | null = null;
  #bodyBytesGiven = 0;
  #done = false;

  constructor(method: string, receiver: Receiver) {
    this.#method = method;
    this.#receiver = receiver;
  }

  hear(event: WireEvent): void {
    if (this.#done) return;
    switch (event.kind) {
      case 'bytes':
        this.#arrived += event.bytes;
        return this.#read();
      case 'close':
        return this.#body?.framing.kind === 'close' ? this.#end() : this.#fail();
      case 'stall':
        return;
      default:
        return this.#fail();
    }
  }

  nothingMore(): void {
    if (!this.#done) this.#receiver.silence();
  }

  close(): void {
    this.#done = true;
  }

  #read(): void {
    if (this.#body === null) {
      const parsed = parseHead(this.#arrived, this.#method);
      if (parsed.kind === 'incomplete') return;
      if (parsed.kind === 'not-http') return this.#fail();
      this.#body = { start: parsed.bodyStart, framing: parsed.framing };
      this.#receiver.head(parsed.head);
    }
    const { body, complete, malformed } = decodeBody(this.#arrived.slice(this.#body.start), this.#body.framing);
    if (body.length > this.#bodyBytesGiven) this.#receiver.body(toBytes(body.slice(this.#bodyBytesGiven)));
    this.#bodyBytesGiven = body.length;
    if (malformed) this.#fail();
    else if (complete) this.#end();
  }

  #end(): void {
    this.#done = true;
    this.#receiver.end();
  }

  #fail(): void {
    this.#done = true;
    this.#receiver.fail();
  }
}
