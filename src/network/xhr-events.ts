/** Events of a request or of its upload, with their `on…` properties. */
type Handler = ((this: EventTarget, event: Event) => unknown) | null;

/** What is known of a body that is on its way. `total` is 0 when its length is unknown. */
export interface Progress {
  readonly loaded: number;
  readonly total: number;
}

const NOTHING: Progress = { loaded: 0, total: 0 };

export class ProgressTarget extends EventTarget {
  /** How many listeners were added, those behind `on…` properties included. */
  #listeners = 0;

  constructor(names: readonly string[]) {
    super();
    for (const name of names) this.#handlerProperty(name);
  }

  override addEventListener(...parameters: Parameters<EventTarget['addEventListener']>): void {
    this.#listeners += 1;
    super.addEventListener(...parameters);
  }

  protected get listened(): boolean {
    return this.#listeners > 0;
  }

  /** `ProgressEvent` where the platform has it (Node has not). */
  protected tell(type: string, { loaded, total } = NOTHING): void {
    const lengthComputable = total > 0;
    const event =
      typeof ProgressEvent === 'function'
        ? new ProgressEvent(type, { loaded, total, lengthComputable })
        : Object.assign(new Event(type), { loaded, total, lengthComputable });
    this.dispatchEvent(event);
  }

  /** `xhr.onload = …`, as a property that listens. The first function that is set decides the place among the listeners. */
  #handlerProperty(name: string): void {
    let handler: Handler = null;
    let listening = false;
    Object.defineProperty(this, `on${name}`, {
      configurable: true,
      get: () => handler,
      set: (value: unknown) => {
        handler = typeof value === 'function' ? (value as Handler) : null;
        if (listening || handler === null) return;
        listening = true;
        this.addEventListener(name, (event) => handler?.call(this, event));
      },
    });
  }
}

const UPLOAD_EVENTS = ['loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'];

/** `xhr.upload`: how far the request's body has come. The playground's client sends a body at once. */
export class Upload extends ProgressTarget {
  #total: number | null = null;

  constructor() {
    super(UPLOAD_EVENTS);
  }

  /** Somebody listens, so another origin has to be asked whether it minds. */
  get watched(): boolean {
    return this.listened;
  }

  begin(total: number): void {
    this.#total = total > 0 ? total : null;
    if (this.#total !== null) this.tell('loadstart', { loaded: 0, total: this.#total });
  }

  /** The request has left. */
  finish(): void {
    const total = this.#total;
    this.#total = null;
    if (total === null) return;
    for (const name of ['progress', 'load', 'loadend']) this.tell(name, { loaded: total, total });
  }

  /** The request failed before it had left. */
  fail(how: 'error' | 'abort' | 'timeout'): void {
    if (this.#total === null) return;
    this.#total = null;
    this.tell(how);
    this.tell('loadend');
  }
}
