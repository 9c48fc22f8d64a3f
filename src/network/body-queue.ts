/** Where the pieces of a body go. */
export interface BodySink {
  push(chunk: Uint8Array<ArrayBuffer>): void;
  close(): void;
  /** Fails after the chunks that have arrived. */
  fail(error: unknown): void;
}

/**
 * A response body whose chunks wait for a reader. Chunks that arrived before a failure are read first, then the failure
 * shows, as on a real connection (a stream's own `error()` would throw them away).
 */
export class BodyQueue implements BodySink {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #controller: ReadableByteStreamController | null = null;
  #end: 'open' | 'closed' | { readonly error: unknown } = 'open';
  #settled = false;
  #wake: (() => void) | null = null;

  /** @param onCancel called when the reader says that it wants no more of it */
  constructor(onCancel: () => void) {
    this.stream = byteStream({
      type: 'bytes',
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => this.#pull(),
      cancel: () => {
        this.#settled = true;
        onCancel();
      },
    });
  }

  push(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#wakeUp();
  }

  close(): void {
    this.#end = 'closed';
    this.#wakeUp();
  }

  fail(error: unknown): void {
    this.#end = { error };
    this.#wakeUp();
  }

  /** Fails at once. */
  abort(reason: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#controller?.error(reason);
    this.#wakeUp();
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = null;
  }

  async #pull(): Promise<void> {
    while (this.#chunks.length === 0 && this.#end === 'open' && !this.#settled) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#settled) return;
    const chunk = this.#chunks.shift();
    if (chunk) return this.#controller?.enqueue(chunk);
    this.#settled = true;
    if (typeof this.#end === 'object') this.#controller?.error(this.#end.error);
    else {
      this.#controller?.close();
      this.#controller?.byobRequest?.respond(0);
    }
  }
}

/** A stream of bytes. WebKit has only the other kind: the same body there, but no reader may bring a buffer of its own. */
export function byteStream(source: UnderlyingByteSource): ReadableStream<Uint8Array<ArrayBuffer>> {
  try {
    return new ReadableStream(source);
  } catch {
    return new ReadableStream({ ...source, type: undefined } as UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>);
  }
}
