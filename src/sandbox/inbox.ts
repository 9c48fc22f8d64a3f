import { isGuestMessage } from './guest-message.ts';
import type { GuestMessage } from './protocol.ts';

/** More messages than any run within the guest's own limits sends. */
const MAX_MESSAGES = 60_000;

/** Shortest time between two deliveries, ms: often enough to follow, and what runs keeps the processor. */
const REST_MS = 200;

/** The messages in what arrived on a guest's port. */
export function checked(data: unknown): readonly GuestMessage[] {
  const all = Array.isArray(data) ? (data as unknown[]) : [data];
  const messages = all.filter(isGuestMessage);
  if (messages.length < all.length) {
    console.warn('The sandbox sent something that is no message of a run. It was ignored.');
  }
  return messages;
}

/** What a guest sent, on its way to the page: never so often that the page cannot draw. */
export class Inbox {
  readonly #deliver: (messages: readonly GuestMessage[]) => void;
  readonly #onFlood: () => void;
  #waiting: GuestMessage[] = [];
  #timer: number | null = null;
  #count = 0;
  /** Real time before which nothing more is delivered. */
  #notBefore = 0;

  constructor(deliver: (messages: readonly GuestMessage[]) => void, onFlood: () => void) {
    this.#deliver = deliver;
    this.#onFlood = onFlood;
  }

  put(messages: readonly GuestMessage[]): void {
    this.#count += messages.length;
    if (this.#count > MAX_MESSAGES) return this.#onFlood();
    this.#waiting.push(...messages);
    const wait = this.#notBefore - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= window.setTimeout(() => this.flush(), wait);
  }

  /** Delivers what waits. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    const messages = this.#waiting;
    this.#waiting = [];
    const start = performance.now();
    this.#deliver(messages);
    const end = performance.now();
    // A page that needs long to draw is left alone for longer.
    this.#notBefore = end + Math.max(REST_MS, 2 * (end - start));
  }
}
