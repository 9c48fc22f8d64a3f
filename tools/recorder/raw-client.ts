import net from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Header, WireEvent } from '../../src/gateway/exchange.ts';
import { decodeBody, parseHead } from '../../src/gateway/http-message.ts';

/** A connection that is silent for this long after a whole message is kept alive, ms. */
const KEPT_ALIVE_MS = 70;

export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: readonly Header[];
  /** Latin1 text. */
  readonly body?: string;
  /** The client goes away this many ms after it sent the request. */
  readonly leavesAfterMs?: number;
  /** The client gives up after this many ms. */
  readonly patienceMs: number;
}

/** The request as it travels: exactly these headers, in this order. Latin1 text. */
function requestBytes({ method, target, headers = [], body = '' }: RawRequest): string {
  const all: Header[] = [['Host', 'gw.test'], ['User-Agent', 'lab-raw/1'], ['Accept', '*/*'], ...headers];
  if (body !== '') all.push(['Content-Length', String(body.length)]);
  return `${method} ${target} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/**
 * Sends one request over a connection of its own and writes down what comes back, byte for byte. Times are ms since the
 * request was sent. The last event tells how it ended: `close`, `reset`, or `stall` when the connection stayed open.
 * A client that leaves ends the list itself, without an event.
 */
export function exchangeRaw(port: number, request: RawRequest): Promise<WireEvent[]> {
  return new Promise((resolve, reject) => {
    const events: WireEvent[] = [];
    let received = '';
    let sentAt = 0;
    let keptAlive: NodeJS.Timeout | undefined;
    const now = (): number => performance.now() - sentAt;
    const timers: NodeJS.Timeout[] = [];
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });

    const finish = (last?: WireEvent): void => {
      clearTimeout(keptAlive);
      for (const timer of timers) clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(last ? [...events, last] : events);
    };

    socket.on('connect', () => {
      sentAt = performance.now();
      socket.write(requestBytes(request), 'latin1');
      timers.push(setTimeout(() => finish({ at: now(), kind: 'stall' }), request.patienceMs));
      if (request.leavesAfterMs !== undefined) timers.push(setTimeout(() => finish(), request.leavesAfterMs));
    });
    socket.on('data', (data) => {
      const at = now();
      const bytes = data.toString('latin1');
      events.push({ at, kind: 'bytes', bytes });
      received += bytes;
      clearTimeout(keptAlive);
      if (isWhole(received, request.method)) keptAlive = setTimeout(() => finish({ at, kind: 'stall' }), KEPT_ALIVE_MS);
    });
    socket.on('end', () => finish({ at: now(), kind: 'close' }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (sentAt === 0) reject(new Error(`The gateway does not listen on port ${port}: ${error.message}`));
      else finish({ at: now(), kind: 'reset' });
    });
  });
}

function isWhole(bytes: string, method: string): boolean {
  const parsed = parseHead(bytes, method);
  return parsed.kind === 'head' && decodeBody(bytes.slice(parsed.bodyStart), parsed.framing).complete;
}
