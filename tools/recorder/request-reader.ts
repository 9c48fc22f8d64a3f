import { decodeBody, type Framing } from '../../src/gateway/http-message.ts';

/** A request as the upstream received it. */
export interface UpstreamRequest {
  readonly method: string;
  readonly target: string;
  /** The sender wants to use the connection again (RFC 9112 §9.3). */
  readonly keepAlive: boolean;
}

/** Takes requests out of the bytes of one connection. Bytes are latin1 text. */
export class RequestReader {
  readonly #until: 'head' | 'request';
  #pending = '';

  /** @param until report a request once its head is there, or once its body is there too */
  constructor(until: 'head' | 'request') {
    this.#until = until;
  }

  /** Takes further bytes; returns the requests that they complete. */
  push(bytes: string): UpstreamRequest[] {
    this.#pending += bytes;
    const requests: UpstreamRequest[] = [];
    for (let request = this.#next(); request; request = this.#next()) requests.push(request);
    return requests;
  }

  #next(): UpstreamRequest | null {
    const end = this.#pending.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const head = this.#pending.slice(0, end);
    const rest = this.#pending.slice(end + 4);
    const { complete, after } =
      this.#until === 'head' ? { complete: true, after: '' } : takeBody(rest, framingOf(head));
    if (!complete) return null;
    this.#pending = after;
    const [method = '', target = '', version = ''] = (head.split('\r\n')[0] ?? '').split(' ');
    const connection = headerOf(head, 'connection')?.toLowerCase();
    return { method, target, keepAlive: version === 'HTTP/1.1' ? connection !== 'close' : connection === 'keep-alive' };
  }
}

const headerOf = (head: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? null;

function framingOf(head: string): Framing {
  if (/chunked/i.test(headerOf(head, 'transfer-encoding') ?? '')) return { kind: 'chunked' };
  return { kind: 'length', length: Number(headerOf(head, 'content-length') ?? 0) };
}

function takeBody(bytes: string, framing: Framing): { complete: boolean; after: string } {
  const { complete } = decodeBody(bytes, framing);
  // What follows a chunked body is dropped: no gateway pipelines to the lab's servers.
  return { complete, after: framing.kind === 'length' ? bytes.slice(framing.length) : '' };
}
