import type { Clock } from '../gateway/clock.ts';
import type { Fetch } from './fetch.ts';

/** Events that a request of this kind tells of. */
const EVENTS = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'] as const;
type EventName = (typeof EVENTS)[number];
type Handler = ((event: Event) => void) | null;

/** `ProgressEvent` where the platform has it (Node has not). */
function progressEvent(type: string, loaded: number): Event {
  if (typeof ProgressEvent === 'function') return new ProgressEvent(type, { loaded });
  return Object.assign(new Event(type), { loaded, total: 0, lengthComputable: false });
}

/** An asynchronous `XMLHttpRequest` on top of the simulated `fetch`. */
export function createXMLHttpRequest(fetch: Fetch, clock: Clock): unknown {
  class SimulatedXMLHttpRequest extends EventTarget {
    static readonly UNSENT = 0;
    static readonly OPENED = 1;
    static readonly HEADERS_RECEIVED = 2;
    static readonly LOADING = 3;
    static readonly DONE = 4;

    readyState = 0;
    status = 0;
    statusText = '';
    responseURL = '';
    responseType: XMLHttpRequestResponseType = '';
    timeout = 0;
    withCredentials = false;
    #method = 'GET';
    #url = '';
    #headers = new Headers();
    #received: Headers | null = null;
    #body = new Uint8Array();
    #failed = false;
    #controller: AbortController | null = null;

    constructor() {
      super();
      for (const name of EVENTS) this.#handlerProperty(name);
    }

    open(method: string, url: string | URL, async = true): void {
      if (!async) {
        const advice =
          'A synchronous XMLHttpRequest is not available in this playground; leave out the third argument.';
        throw new DOMException(advice, 'InvalidAccessError');
      }
      this.#controller?.abort();
      this.#controller = null;
      this.#method = method;
      this.#url = String(url);
      this.#headers = new Headers();
      this.#forget();
      this.#state(1);
    }

    setRequestHeader(name: string, value: string): void {
      this.#mustBeOpen('setRequestHeader');
      this.#headers.append(name, value);
    }

    send(body: XMLHttpRequestBodyInit | null = null): void {
      this.#mustBeOpen('send');
      void this.#exchange(body);
    }

    abort(): void {
      const controller = this.#controller;
      this.#controller = null;
      if (controller === null) return;
      controller.abort();
      this.#fail('abort');
      this.readyState = 0;
    }

    getResponseHeader(name: string): string | null {
      return this.#received?.get(name) ?? null;
    }

    getAllResponseHeaders(): string {
      let lines = '';
      this.#received?.forEach((value, name) => {
        lines += `${name}: ${value}\r\n`;
      });
      return lines;
    }

    overrideMimeType(): void {}

    get responseText(): string {
      if (this.responseType !== '' && this.responseType !== 'text') {
        const text = `responseText is only there with responseType '' or 'text' (it was '${this.responseType}').`;
        throw new DOMException(text, 'InvalidStateError');
      }
      return this.#failed ? '' : new TextDecoder().decode(this.#body);
    }

    get response(): unknown {
      if (this.responseType === '' || this.responseType === 'text') return this.responseText;
      if (this.#failed || this.readyState !== 4) return null;
      switch (this.responseType) {
        case 'arraybuffer':
          return this.#body.slice().buffer;
        case 'blob':
          return new Blob([this.#body], { type: this.getResponseHeader('content-type') ?? '' });
        case 'json':
          return parsed(new TextDecoder().decode(this.#body));
        default:
          return null;
      }
    }

    async #exchange(body: XMLHttpRequestBodyInit | null): Promise<void> {
      const controller = new AbortController();
      this.#controller = controller;
      const current = (): boolean => this.#controller === controller;
      const timer =
        this.timeout > 0
          ? clock.setTimer(() => {
              if (!current()) return;
              this.#controller = null;
              controller.abort();
              this.#fail('timeout');
            }, this.timeout)
          : null;
      this.#tell('loadstart');
      try {
        const sent = /^(GET|HEAD)$/i.test(this.#method) ? null : body;
        const { signal } = controller;
        const response = await fetch(this.#url, { method: this.#method, headers: this.#headers, body: sent, signal });
        if (!current()) return;
        this.#received = response.headers;
        this.status = response.status;
        this.statusText = response.statusText;
        this.responseURL = response.url;
        this.#state(2);
        for (const reader = response.body?.getReader(); reader;) {
          const { done, value } = await reader.read();
          if (!current()) return;
          if (done) break;
          this.#body = appended(this.#body, value);
          this.#state(3);
          this.#tell('progress');
        }
        this.#controller = null;
        this.#state(4);
        this.#tell('load');
        this.#tell('loadend');
      } catch {
        if (!current()) return;
        this.#controller = null;
        this.#fail('error');
      } finally {
        if (timer !== null) clock.clearTimer(timer);
      }
    }

    #fail(how: 'error' | 'abort' | 'timeout'): void {
      this.#forget();
      this.#failed = true;
      this.#state(4);
      this.#tell(how);
      this.#tell('loadend');
    }

    #forget(): void {
      this.status = 0;
      this.statusText = '';
      this.responseURL = '';
      this.#received = null;
      this.#body = new Uint8Array();
      this.#failed = false;
    }

    #state(state: number): void {
      this.readyState = state;
      this.dispatchEvent(new Event('readystatechange'));
    }

    #tell(name: EventName): void {
      this.dispatchEvent(progressEvent(name, this.#body.length));
    }

    #mustBeOpen(method: string): void {
      if (this.readyState === 1 && this.#controller === null) return;
      throw new DOMException(`Call open() once before ${method}().`, 'InvalidStateError');
    }

    /** `xhr.onload = …`, as a property that listens. */
    #handlerProperty(name: EventName): void {
      let handler: Handler = null;
      this.addEventListener(name, (event) => handler?.call(this, event));
      Object.defineProperty(this, `on${name}`, {
        configurable: true,
        get: () => handler,
        set: (value: unknown) => {
          handler = typeof value === 'function' ? (value as Handler) : null;
        },
      });
    }
  }
  Object.defineProperty(SimulatedXMLHttpRequest, 'name', { value: 'XMLHttpRequest' });
  Object.assign(SimulatedXMLHttpRequest.prototype, { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 });
  return SimulatedXMLHttpRequest;
}

function appended(start: Uint8Array, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(start.length + rest.length);
  all.set(start);
  all.set(rest, start.length);
  return all;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
