import type net from 'node:net';
import type { WireEvent } from '../../src/gateway/exchange.ts';
import type { UpstreamResponse } from '../../src/gateway/fault.ts';
import { formatResponse } from '../../src/gateway/upstream.ts';
import type { UpstreamRequest } from './request-reader.ts';

/** Answers as a well-behaved HTTP/1.1 server: it keeps the connection unless the client asked otherwise. */
export function answer(socket: net.Socket, request: UpstreamRequest, response: UpstreamResponse): void {
  const headers = request.keepAlive ? response.headers : [...response.headers, ['Connection', 'close'] as const];
  const bytes = formatResponse({ ...response, headers });
  const sent = request.method === 'HEAD' ? bytes.slice(0, bytes.indexOf('\r\n\r\n') + 4) : bytes;
  const send = (): void => {
    if (socket.destroyed) return;
    socket.write(sent, 'latin1');
    if (!request.keepAlive) socket.end();
  };
  if (response.delayMs > 0) setTimeout(send, response.delayMs);
  else send();
}

/** Plays the events of a script on a connection, each at its time from now. */
export function play(socket: net.Socket, events: readonly WireEvent[]): void {
  for (const event of events) {
    // Events of one moment go out in one turn, so that no gateway can act between them.
    if (event.at === 0) perform(socket, event);
    else setTimeout(() => perform(socket, event), event.at);
  }
}

/** Does one event of a script on a connection. Throws on an event that an accepted connection cannot have. */
export function perform(socket: net.Socket, event: WireEvent): void {
  if (socket.destroyed || socket.writableEnded) return;
  switch (event.kind) {
    case 'bytes':
      socket.write(event.bytes.replaceAll('{{date}}', new Date().toUTCString()), 'latin1');
      return;
    case 'close':
      socket.end();
      return;
    case 'reset':
      socket.resetAndDestroy();
      return;
    case 'stall':
      // Goes on reading, so that it notices when the gateway gives up.
      if (!socket.isPaused()) socket.resume();
      return;
    default:
      throw new Error(`A server that accepted a connection cannot play "${event.kind}".`);
  }
}
