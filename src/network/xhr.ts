import type { Clock } from '../gateway/clock.ts';
import type { Fetch, FetchInit } from './fetch.ts';
import { ProgressTarget, Upload } from './xhr-events.ts';
import { appended, decodedText, headerLines, lengthOf, mimeType, parsedJson } from './xhr-response.ts';

const EVENTS = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'];

const TYPES = ['', 'arraybuffer', 'blob', 'document', 'json', 'text'];

const [UNSENT, OPENED, HEADERS_RECEIVED, LOADING, DONE] = [0, 1, 2, 3, 4] as const;
const STATES = { UNSENT, OPENED, HEADERS_RECEIVED, LOADING, DONE };

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** Chromium's words for calls at the wrong time. */
const refusal = (name: string, doing: string, reason: string): DOMException =>
  new DOMException(`Failed to ${doing} 'XMLHttpRequest': ${reason}`, name);
const inCall = (name: string, method: string, reason: string): DOMException =>
  refusal(name, `execute '${method}' on`, reason);
const wrongState = (method: string): DOMException =>
  inCall('InvalidStateError', method, "The object's state must be OPENED.");

/** An asynchronous `XMLHttpRequest` on top of the simulated `fetch`. */
export function createXMLHttpRequest(fetch: Fetch, clock: Clock): unknown {
  class SimulatedXMLHttpRequest extends ProgressTarget {
    readonly upload = new Upload();
    readonly responseXML = null;
    #state = UNSENT as number;
    #sent = false;
    #method = 'GET';
    #url = '';
    #headers = new Headers();
    #timeout = 0;
    #withCredentials = false;
    #responseType = '';
    #override: string | null = null;
    #answer: Response | null = null;
    #body = new Uint8Array();
    #parsed: unknown;
    #controller: AbortController | null = null;
    #started = 0;
    #timer: number | null = null;

    constructor() {
      super(EVENTS);
    }

    get readyState(): number {
      return this.#state;
    }

    get status(): number {
      return this.#answer?.status ?? 0;
    }

    get statusText(): string {
      return this.#answer?.statusText ?? '';
    }

    get responseURL(): string {
      return this.#answer?.url ?? '';
    }

    get timeout(): number {
      return this.#timeout;
    }

    set timeout(ms: unknown) {
      this.#timeout = Math.trunc(Number(ms)) || 0;
      if (this.#sent) this.#setTimer();
    }

    get withCredentials(): boolean {
      return this.#withCredentials;
    }

    set withCredentials(value: unknown) {
      if (this.#state > OPENED || this.#sent) {
        const reason = "The value may only be set if the object's state is UNSENT or OPENED.";
        throw refusal('InvalidStateError', "set the 'withCredentials' property on", reason);
      }
      this.#withCredentials = Boolean(value);
    }

    get responseType(): string {
      return this.#responseType;
    }

    set responseType(type: string) {
      if (this.#state >= LOADING) {
        const reason = "The response type cannot be set if the object's state is LOADING or DONE.";
        throw refusal('InvalidStateError', "set the 'responseType' property on", reason);
      }
      // A document needs a page; in a worker the browser ignores the wish.
      if (TYPES.includes(type) && type !== 'document') this.#responseType = type;
    }

    open(method: string, url: string | URL, async = true): void {
      if (arguments.length < 2) {
        const reason = `2 arguments required, but only ${arguments.length} present.`;
        throw new TypeError(`Failed to execute 'open' on 'XMLHttpRequest': ${reason}`);
      }
      if (!TOKEN.test(method)) throw inCall('SyntaxError', 'open', `'${method}' is not a valid HTTP method.`);
      if (/^(?:connect|trace|track)$/i.test(method)) {
        throw inCall('SecurityError', 'open', `'${method}' HTTP method is unsupported.`);
      }
      // Relative to what, `fetch` knows.
      if (!URL.canParse(url, 'https://page.test')) throw inCall('SyntaxError', 'open', 'Invalid URL');
      if (!async) {
        const advice =
          'A synchronous XMLHttpRequest is not available in this playground; leave out the third argument.';
        throw new DOMException(advice, 'InvalidAccessError');
      }
      this.#stop();
      this.#method = /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
      this.#url = String(url);
      this.#headers = new Headers();
      this.#sent = false;
      this.#forget();
      if (this.#state !== OPENED) this.#change(OPENED);
    }

    setRequestHeader(name: string, value: string): void {
      if (this.#state !== OPENED || this.#sent) throw wrongState('setRequestHeader');
      if (!TOKEN.test(name)) {
        throw inCall('SyntaxError', 'setRequestHeader', `'${name}' is not a valid HTTP header field name.`);
      }
      try {
        this.#headers.append(name, value);
      } catch {
        throw inCall('SyntaxError', 'setRequestHeader', `'${value}' is not a valid HTTP header field value.`);
      }
    }

    overrideMimeType(type: string): void {
      if (this.#state >= LOADING) {
        const reason = 'MimeType cannot be overridden when the state is LOADING or DONE.';
        throw inCall('InvalidStateError', 'overrideMimeType', reason);
      }
      this.#override = mimeType(type).essence === '' ? 'application/octet-stream' : type;
    }

    send(body: XMLHttpRequestBodyInit | null = null): void {
      if (this.#state !== OPENED || this.#sent) throw wrongState('send');
      this.#sent = true;
      void this.#exchange(/^(?:GET|HEAD)$/.test(this.#method) ? null : body);
    }

    abort(): void {
      const underWay = this.#sent || this.#state === HEADERS_RECEIVED || this.#state === LOADING;
      this.#stop();
      if (underWay && this.#state !== DONE) this.#fail('abort');
      // Whoever listened may have opened it again.
      if (this.#state !== DONE) return;
      this.#forget();
      this.#state = UNSENT;
    }

    getResponseHeader(name: string): string | null {
      return TOKEN.test(name) ? (this.#answer?.headers.get(name) ?? null) : null;
    }

    getAllResponseHeaders(): string {
      return headerLines(this.#answer?.headers ?? null);
    }

    get responseText(): string {
      if (this.#responseType !== '' && this.#responseType !== 'text') {
        const reason = `The value is only accessible if the object's 'responseType' is '' or 'text' (was '${this.#responseType}').`;
        throw refusal('InvalidStateError', "read the 'responseText' property from", reason);
      }
      return decodedText(this.#body, mimeType(this.#override ?? '').charset ?? this.#mimeType.charset);
    }

    get response(): unknown {
      if (this.#responseType === '' || this.#responseType === 'text') return this.responseText;
      if (this.#state !== DONE || !this.#answer) return null;
      this.#parsed ??= this.#made();
      return this.#parsed;
    }

    get #mimeType(): ReturnType<typeof mimeType> {
      return mimeType(this.getResponseHeader('content-type'));
    }

    #made(): unknown {
      switch (this.#responseType) {
        case 'arraybuffer':
          return this.#body.slice().buffer;
        case 'blob':
          // What says nothing of its type counts as XML, for reasons of history.
          return new Blob([this.#body], {
            type: mimeType(this.#override).essence || this.#mimeType.essence || 'text/xml',
          });
        default:
          return parsedJson(this.#body);
      }
    }

    async #exchange(body: XMLHttpRequestBodyInit | null): Promise<void> {
      const controller = new AbortController();
      this.#controller = controller;
      const current = (): boolean => this.#controller === controller;
      this.#started = clock.now();
      this.#setTimer();
      this.tell('loadstart');
      this.upload.begin(lengthOf(body));
      if (!current()) return;
      const init: FetchInit = {
        method: this.#method,
        headers: this.#headers,
        body,
        signal: controller.signal,
        credentials: this.#withCredentials ? 'include' : 'same-origin',
        initiator: 'XMLHttpRequest',
        preflight: this.upload.watched,
      };
      try {
        const response = await fetch(this.#url, init);
        if (!current()) return;
        this.upload.finish();
        this.#answer = response;
        this.#change(HEADERS_RECEIVED);
        const total = Number(response.headers.get('content-length')) || 0;
        const coded = response.headers.has('content-encoding');
        const known = { total: coded ? 0 : total };
        for (const reader = response.body?.getReader(); reader && current();) {
          const { done, value } = await reader.read();
          if (done || !current()) break;
          this.#body = appended(this.#body, value);
          this.#change(LOADING);
          if (current()) this.tell('progress', { loaded: this.#body.length, ...known });
        }
        if (!current()) return;
        this.#stop(false);
        this.#change(DONE);
        const { length: loaded } = this.#body;
        for (const name of ['load', 'loadend']) {
          if (this.#state === DONE) this.tell(name, { loaded, ...known });
        }
      } catch {
        if (!current()) return;
        this.#stop(false);
        this.#fail('error');
      }
    }

    /** Counts from `send()`, also when the program sets the timeout later. */
    #setTimer(): void {
      if (this.#timer !== null) clock.clearTimer(this.#timer);
      this.#timer = null;
      if (this.#timeout === 0) return;
      const elapsed = clock.now() - this.#started;
      this.#timer = clock.setTimer(() => {
        this.#stop();
        this.#fail('timeout');
      }, this.#timeout - elapsed);
    }

    /** Ends the exchange that is under way, without a word to the program. */
    #stop(abandon = true): void {
      if (this.#timer !== null) clock.clearTimer(this.#timer);
      this.#timer = null;
      const controller = this.#controller;
      this.#controller = null;
      if (abandon) controller?.abort();
    }

    #fail(how: 'error' | 'abort' | 'timeout'): void {
      this.#forget();
      this.#change(DONE);
      this.upload.fail(how);
      this.tell(how);
      this.tell('loadend');
    }

    #forget(): void {
      this.#answer = null;
      this.#parsed = undefined;
      this.#body = new Uint8Array();
    }

    #change(state: number): void {
      this.#state = state;
      if (state === DONE) this.#sent = false;
      this.dispatchEvent(new Event('readystatechange'));
    }
  }
  for (const target of [SimulatedXMLHttpRequest, SimulatedXMLHttpRequest.prototype]) {
    for (const [name, value] of Object.entries(STATES))
      Object.defineProperty(target, name, { value, enumerable: true });
  }
  Object.defineProperty(SimulatedXMLHttpRequest, 'name', { value: 'XMLHttpRequest' });
  Object.defineProperty(SimulatedXMLHttpRequest.prototype, Symbol.toStringTag, { value: 'XMLHttpRequest' });
  return SimulatedXMLHttpRequest;
}
