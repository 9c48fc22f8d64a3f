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
  /** The request whose body of known length is still arriving. */
  #arriving: { readonly request: UpstreamRequest; missing: number } | null = null;

  /** @param until report a request once its head is there, or once its body is there too */
  constructor(until: 'head' | 'request') {
    this.#until = until;
  }

  /** Takes further bytes; returns the requests that they complete. */
  push(bytes: string): UpstreamRequest[] {
    const requests: UpstreamRequest[] = [];
    let rest = bytes;
    if (this.#arriving) {
      // Bodies of many megabytes are counted, not kept.
      const taken = Math.min(this.#arriving.missing, rest.length);
      this.#arriving.missing -= taken;
      if (this.#arriving.missing > 0) return [];
      requests.push(this.#arriving.request);
      this.#arriving = null;
      rest = rest.slice(taken);
    }
    this.#pending += rest;
    for (let request = this.#next(); request; request = this.#next()) requests.push(request);
    return requests;
  }

  #next(): UpstreamRequest | null {
    const end = this.#pending.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const head = this.#pending.slice(0, end);
    const rest = this.#pending.slice(end + 4);
    const request = requestOf(head);
    if (this.#until === 'head') {
      this.#pending = '';
      return request;
    }
    const framing = framingOf(head);
    if (framing.kind === 'length' && rest.length < framing.length) {
      this.#arriving = { request, missing: framing.length - rest.length };
      this.#pending = '';
      return null;
    }
    if (!decodeBody(rest, framing).complete) return null;
    // What follows a chunked body is dropped: no gateway pipelines to the lab's servers.
    this.#pending = framing.kind === 'length' ? rest.slice(framing.length) : '';
    return request;
  }
}

function requestOf(head: string): UpstreamRequest {
  const [method = '', target = '', version = ''] = (head.split('\r\n')[0] ?? '').split(' ');
  const connection = headerOf(head, 'connection')?.toLowerCase();
  return { method, target, keepAlive: version === 'HTTP/1.1' ? connection !== 'close' : connection === 'keep-alive' };
}

const headerOf = (head: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? null;

function framingOf(head: string): Framing {
  if (/chunked/i.test(headerOf(head, 'transfer-encoding') ?? '')) return { kind: 'chunked' };
  return { kind: 'length', length: Number(headerOf(head, 'content-length') ?? 0) };
}
