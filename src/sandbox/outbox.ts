import type { GuestMessage } from './protocol.ts';

/** So many messages go out one by one, so that a program that hangs soon has shown what it did before. */
const AT_ONCE = 100;
/** So many wait at most. */
const FULL = 400;
/** Real ms for which a message waits at most, while the program lets anything happen. */
const PATIENCE_MS = 8;

/** Puts many messages of a run into few. */
export class Outbox {
  readonly #post: (messages: readonly GuestMessage[]) => void;
  readonly #realNow: () => number;
  #waiting: GuestMessage[] = [];
  #sent = 0;
  #lastFlush = 0;

  constructor(post: (messages: readonly GuestMessage[]) => void, realNow: () => number) {
    this.#post = post;
    this.#realNow = realNow;
  }

  readonly send = (message: GuestMessage): void => {
    this.#waiting.push(message);
    if (++this.#sent <= AT_ONCE || this.#waiting.length >= FULL) this.flush();
    else this.flushLate();
  };

  /** Sends it with what comes next: the program does nothing before that. */
  readonly sendWithNext = (message: GuestMessage): void => {
    this.#waiting.push(message);
  };

  /** Sends what waits for longer than it should. */
  flushLate(): void {
    if (this.#waiting.length > 0 && this.#realNow() - this.#lastFlush >= PATIENCE_MS) this.flush();
  }

  flush(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    this.#lastFlush = this.#realNow();
    this.#post(waiting);
  }
}
