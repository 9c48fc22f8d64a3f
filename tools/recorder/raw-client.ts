import net from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Header, WireEvent } from '../../src/gateway/exchange.ts';
import type { FaultRequest } from '../../src/gateway/fault.ts';
import { decodeBody, parseHead } from '../../src/gateway/http-message.ts';

/** A connection that is silent for this long after a whole message is kept alive, ms. */
const KEPT_ALIVE_MS = 70;
/** Bytes that are no HTTP have no end of their own: nothing more for this long counts as their end, ms. */
const NOT_HTTP_MS = 1200;
/** Between the two requests of one connection, ms. */
const THINK_MS = 150;
/** A request is sent in pieces of this size, as long as nothing comes back. */
const PIECE = 64 * 1024;

export interface RawRequest extends FaultRequest {
  /** Path, to which the request's own `query` is added. */
  readonly target: string;
  /** Target of a GET that goes first on the same connection. */
  readonly primingTarget?: string;
  /** The client gives up after this many ms. */
  readonly patienceMs: number;
  /** Called when the request is on its way. */
  readonly onSent?: () => void;
}

/** The request as it travels: exactly these headers, in this order. Latin1 text. */
function requestBytes({ method, target, query = '', headers = [], body = '', bodyLength, raw }: RawRequest): string {
  if (raw !== undefined) return raw.replaceAll('{{target}}', target);
  const sentBody = bodyLength === undefined ? body : 'p'.repeat(bodyLength);
  const all: Header[] = [['Host', 'gw.test'], ['User-Agent', 'lab-raw/1'], ['Accept', '*/*'], ...headers];
  if (sentBody !== '') all.push(['Content-Length', String(sentBody.length)]);
  const lines = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${method} ${target}${query} HTTP/1.1\r\n${lines}\r\n${sentBody}`;
}

/**
 * Sends one request over a connection of its own and writes down what comes back, byte for byte. Times are ms since the
 * request was sent. The last event tells how it ended: `close`, `reset`, or `stall` when the connection stayed open.
 * A client that leaves ends the list itself, without an event. Rejects when nothing listens on the port.
 */
export function exchangeRaw(port: number, request: RawRequest): Promise<WireEvent[]> {
  return new Promise((resolve, reject) => {
    let events: WireEvent[] = [];
    let received = '';
    let sentAt = 0;
    let priming = request.primingTarget !== undefined;
    let silence: NodeJS.Timeout | undefined;
    const now = (): number => performance.now() - sentAt;
    const timers: NodeJS.Timeout[] = [];
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });

    const finish = (last?: WireEvent): void => {
      clearTimeout(silence);
      for (const timer of timers) clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(last ? [...events, last] : events);
    };
    const send = (): void => {
      sentAt = performance.now();
      void sendInPieces(socket, requestBytes(request), () => events.length > 0);
      request.onSent?.();
      if (request.leavesAfterMs !== undefined) timers.push(setTimeout(() => finish(), request.leavesAfterMs));
    };

    socket.on('connect', () => {
      sentAt = performance.now();
      const patience = request.patienceMs + (priming ? THINK_MS : 0);
      timers.push(setTimeout(() => finish({ at: request.patienceMs, kind: 'stall' }), patience));
      if (priming)
        socket.write(requestBytes({ method: 'GET', target: request.primingTarget ?? '', patienceMs: 0 }), 'latin1');
      else send();
    });
    socket.on('data', (data) => {
      const at = now();
      const bytes = data.toString('latin1');
      received += bytes;
      events.push({ at, kind: 'bytes', bytes });
      clearTimeout(silence);
      const state = stateOf(received, priming ? 'GET' : request.method);
      if (state === 'whole' && priming) {
        priming = false;
        events = [];
        received = '';
        timers.push(setTimeout(send, THINK_MS));
      } else if (state !== 'unfinished') {
        silence = setTimeout(() => finish({ at, kind: 'stall' }), state === 'whole' ? KEPT_ALIVE_MS : NOT_HTTP_MS);
      }
    });
    socket.on('end', () => finish({ at: now(), kind: 'close' }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (sentAt === 0) reject(new Error(`The gateway does not listen on port ${port}: ${error.message}`));
      else finish({ at: now(), kind: 'reset' });
    });
  });
}

/** Sends like a careful client: what is left of a large request is not sent once the answer has begun. */
async function sendInPieces(socket: net.Socket, bytes: string, answered: () => boolean): Promise<void> {
  for (let start = 0; start < bytes.length && !socket.destroyed && !answered(); start += PIECE) {
    if (socket.write(bytes.slice(start, start + PIECE), 'latin1')) {
      if (start + PIECE < bytes.length) await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    await new Promise<void>((resolve) => {
      const events = ['drain', 'data', 'end', 'close'];
      const go = (): void => {
        for (const event of events) socket.off(event, go);
        resolve();
      };
      for (const event of events) socket.once(event, go);
    });
  }
}

function stateOf(bytes: string, method: string): 'whole' | 'not-http' | 'unfinished' {
  const parsed = parseHead(bytes, method);
  if (parsed.kind === 'not-http') return 'not-http';
  const whole = parsed.kind === 'head' && decodeBody(bytes.slice(parsed.bodyStart), parsed.framing).complete;
  return whole ? 'whole' : 'unfinished';
}
