import type { Clock } from '../gateway/clock.ts';
import type { ResponseHead } from '../gateway/http-message.ts';
import { BodyQueue } from '../network/body-queue.ts';
import { playWire } from '../network/connection.ts';
import type { PageFetchNews, PageFetchOrder } from '../network/page-fetch-protocol.ts';
import { addressFor, EXCHANGE_HEADER } from './address.ts';

type Sent = Extract<PageFetchOrder, { kind: 'send' }>;
/** News of an exchange, without its number. */
type News = { kind: 'head'; head: ResponseHead } | { kind: 'body'; bytes: Uint8Array<ArrayBuffer> } | { kind: Final };
type Final = 'end' | 'fail' | 'silence';

/** What one exchange needs of the frame around it. */
export interface ExchangeSurroundings {
  readonly clock: Clock;
  /** The value of {@link EXCHANGE_HEADER} for this exchange. */
  readonly mark: string;
  readonly tell: (news: PageFetchNews) => void;
  /** The service worker has left a request alone. Resolves to whether it is worth another try. */
  readonly revive: () => Promise<boolean>;
  /** The request was not answered by the service worker, however often it was sent. */
  readonly onBypassed: () => void;
  /** Whether a response's body can go to the service worker while it is still arriving. */
  readonly streams: boolean;
}

/**
 * One request that is really sent, answered by the service worker with what the guest simulated. The guest hears what the
 * request got. Only where the browser keeps that to itself (a redirect, a status it has no Response for, a body that
 * broke off) does it hear the simulated wire itself; the developer tools show as much as the browser can.
 */
export class PageExchange {
  readonly #order: Sent;
  readonly #around: ExchangeSurroundings;
  readonly #abort = new AbortController();
  /** What has arrived on the wire so far. */
  readonly #wire: { asked: boolean; head: ResponseHead | null; body: Uint8Array<ArrayBuffer>[]; final: Final | null } =
    {
      asked: false,
      head: null,
      body: [],
      final: null,
    };
  /** What the guest has heard of it. */
  readonly #told = { head: false, bytes: 0, final: false };
  #direct = false;
  #stopWire: () => void = () => undefined;
  /** Leaves the service worker, which waits for the answer, with none. */
  #giveUp: () => void = () => undefined;

  constructor(order: Sent, around: ExchangeSurroundings) {
    this.#order = order;
    this.#around = around;
    void this.#send();
  }

  /** The service worker asks for the answer. */
  answer(): Promise<Response> {
    const { request, wire, id } = this.#order;
    const { clock, streams } = this.#around;
    this.#wire.asked = true;
    return new Promise((resolve) => {
      this.#giveUp = () => resolve(Response.error());
      const queue = new BodyQueue(() => undefined);
      const tell = (news: News): void => {
        if (this.#direct) this.#tell(news);
      };
      this.#stopWire = playWire({ id, request, wire }, clock, {
        head: (head) => {
          this.#wire.head = head;
          const body = request.method === 'HEAD' ? null : queue.stream;
          const response = shown(head, body);
          if (!streams || !response || isHidden(head)) this.#goDirect();
          if (streams || !response) resolve(response ?? Response.error());
        },
        body: (bytes) => {
          this.#wire.body.push(bytes);
          tell({ kind: 'body', bytes });
          queue.push(bytes.slice());
        },
        end: () => {
          this.#wire.final = 'end';
          tell({ kind: 'end' });
          queue.close();
          const { head, body } = this.#wire;
          if (head) resolve(shown(head, new Blob(body).stream()) ?? Response.error());
        },
        fail: () => {
          this.#wire.final = 'fail';
          tell({ kind: 'fail' });
          queue.fail(new TypeError('The simulated connection broke.'));
          resolve(Response.error());
        },
        silence: () => {
          this.#wire.final = 'silence';
          this.#tellSilence();
        },
      });
    });
  }

  /** The program wants no more of it, or is gone: the developer tools show the request as canceled. */
  stop(): void {
    this.#told.final = true;
    this.#stopWire();
    this.#abort.abort();
    this.#giveUp();
  }

  async #send(): Promise<void> {
    const { method, url, headers, body } = this.#order.request;
    const address = addressFor(url);
    if (address === null) {
      this.#tell({ kind: 'fail' });
      return;
    }
    const bytes = Uint8Array.from(body, (char) => char.charCodeAt(0));
    const send = (): Promise<Response | null> =>
      fetch(address, {
        method,
        headers: [...sendable(headers), [EXCHANGE_HEADER, this.#around.mark]],
        body: bytes.length > 0 ? bytes : null,
        redirect: 'manual',
        cache: 'no-store',
        credentials: 'omit',
        signal: this.#abort.signal,
      }).catch(() => null);
    let response = await send();
    if (!this.#wire.asked && !this.#told.final && (await this.#around.revive())) response = await send();
    if (response === null) {
      this.#lost();
      return;
    }
    if (this.#told.final && !this.#direct) return;
    if (!this.#wire.asked) {
      this.#bypassed();
      return;
    }
    if (this.#direct) {
      drain(response);
      return;
    }
    if (response.body === null || !this.#wire.head) {
      this.#goDirect();
      return;
    }
    this.#tell({ kind: 'head', head: this.#wire.head });
    await this.#pass(response.body);
  }

  /** Tells the guest the body as it comes out of the request. */
  async #pass(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const reader = body.getReader();
    try {
      for (;;) {
        this.#tellSilence();
        const { done, value } = await reader.read();
        if (this.#told.final) return;
        if (done) {
          this.#tell({ kind: 'end' });
          return;
        }
        this.#tell({ kind: 'body', bytes: value });
      }
    } catch {
      this.#lost();
    }
  }

  /** The request failed, or its body did. */
  #lost(): void {
    if (this.#told.final || this.#direct) return;
    if (!this.#wire.asked) this.#bypassed();
    else this.#goDirect();
  }

  #bypassed(): void {
    this.#tell({ kind: 'fail' });
    this.#around.onBypassed();
  }

  /** From now on the guest hears the wire itself, beginning with what it has missed. */
  #goDirect(): void {
    if (this.#direct || this.#told.final) return;
    this.#direct = true;
    const { head, body, final } = this.#wire;
    if (head && !this.#told.head) this.#tell({ kind: 'head', head });
    let skip = this.#told.bytes;
    for (const bytes of body) {
      if (bytes.length > skip) this.#tell({ kind: 'body', bytes: bytes.slice(skip) });
      skip = Math.max(0, skip - bytes.length);
    }
    if (final !== null) this.#tell({ kind: final });
  }

  /** Tells that nothing more will come, once the guest has heard all that did come. */
  #tellSilence(): void {
    const { head, body, final } = this.#wire;
    if (final !== 'silence') return;
    const arrived = body.reduce((length, bytes) => length + bytes.length, 0);
    const caughtUp = this.#told.head && this.#told.bytes === arrived;
    if (head === null || caughtUp || this.#direct) this.#tell({ kind: 'silence' });
  }

  #tell(news: News): void {
    if (this.#told.final) return;
    if (news.kind === 'head') this.#told.head = true;
    else if (news.kind === 'body') this.#told.bytes += news.bytes.length;
    else this.#told.final = true;
    this.#around.tell({ ...news, id: this.#order.id });
  }
}

/** Responses whose status and headers a page may not see when it asks to follow no redirect. */
const isHidden = ({ status }: ResponseHead): boolean => [301, 302, 303, 307, 308].includes(status);

/** A response as far as a browser can show it; null when it has none of that kind. */
function shown(head: ResponseHead, body: ReadableStream<Uint8Array<ArrayBuffer>> | null): Response | null {
  const headers = new Headers();
  for (const [name, value] of head.headers) {
    try {
      headers.append(name, value);
    } catch {
      // Not a header name or value; the playground shows it on the wire.
    }
  }
  const { status, reason } = head;
  const make = (statusText: string): Response | null => {
    try {
      return new Response([204, 205, 304].includes(status) ? null : body, { status, statusText, headers });
    } catch {
      return null;
    }
  };
  return make(reason ?? '') ?? make('');
}

/** Headers that a page can set; the browser sets the others itself, and refuses some. */
const sendable = (headers: readonly (readonly [string, string])[]): [string, string][] =>
  headers
    .filter(([name]) => !/^(?:host|content-length|user-agent|origin|connection)$/i.test(name))
    .map(([a, b]) => [a, b]);

/** Reads to the end, so that the developer tools show the whole body. */
function drain(response: Response): void {
  void response.arrayBuffer().catch(() => undefined);
}
