import net from 'node:net';
import { LAB_RESPONSE, type ServerScript, type UpstreamResponse } from '../../src/gateway/fault.ts';
import type { WireEvent } from '../../src/gateway/exchange.ts';
import { formatResponse } from '../../src/gateway/upstream.ts';
import type { Target } from './adaptor.ts';
import { openFullQueue } from './full-queue.ts';
import { UNRESOLVABLE_HOSTS } from './name-server.ts';
import { freePort } from './ports.ts';
import { RequestReader, type UpstreamRequest } from './request-reader.ts';

/** One misbehaving server behind a gateway, on a real socket. */
export interface UpstreamServer {
  readonly target: Target;
  /** Connections that arrived, and further requests on kept ones, since the start. */
  readonly contacts: () => number;
  readonly close: () => void;
}

const absent = (target: Target, close: () => void = () => undefined): UpstreamServer => ({
  target,
  contacts: () => 0,
  close,
});

/** Starts the server that a script describes. Throws a sentence when this system cannot play it. */
export async function startUpstream(script: ServerScript): Promise<UpstreamServer> {
  switch (script.kind) {
    case 'closed':
      return absent({ host: '127.0.0.1', port: await freePort() });
    case 'blackhole': {
      const { port, close } = await openFullQueue(await freePort());
      return absent({ host: '127.0.0.1', port }, close);
    }
    case 'unresolvable':
      return absent({ host: UNRESOLVABLE_HOSTS[script.rcode], port: await freePort() });
    case 'http': {
      const { response = LAB_RESPONSE } = script;
      return listen((socket, count) => read(socket, 'request', count, (request) => answer(socket, request, response)));
    }
    case 'tcp': {
      const events = script.play(script.sample ?? LAB_RESPONSE);
      const { after } = script;
      return listen((socket, count) => {
        if (after === 'accept') play(socket, events);
        else read(socket, after, count, () => play(socket, events));
      });
    }
  }
}

/** @param onConnection gets a function to call for every request, which counts those after a connection's first */
async function listen(onConnection: (socket: net.Socket, count: () => void) => void): Promise<UpstreamServer> {
  const port = await freePort();
  const sockets = new Set<net.Socket>();
  let contacts = 0;
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    contacts++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The gateway may reset its side at any moment; that is its business.
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    let requests = 0;
    onConnection(socket, () => {
      if (++requests > 1) contacts++;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    target: { host: '127.0.0.1', port },
    contacts: () => contacts,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function read(
  socket: net.Socket,
  until: 'head' | 'request',
  count: () => void,
  onRequest: (request: UpstreamRequest) => void,
): void {
  const reader = new RequestReader(until);
  socket.on('data', (bytes) => {
    for (const request of reader.push(bytes.toString('latin1'))) {
      count();
      onRequest(request);
    }
  });
}

/** Answers as a well-behaved HTTP/1.1 server: it keeps the connection unless the client asked otherwise. */
function answer(socket: net.Socket, request: UpstreamRequest, response: UpstreamResponse): void {
  const headers = request.keepAlive ? response.headers : [...response.headers, ['Connection', 'close'] as const];
  const bytes = formatResponse({ ...response, headers });
  const sent = request.method === 'HEAD' ? bytes.slice(0, bytes.indexOf('\r\n\r\n') + 4) : bytes;
  setTimeout(() => {
    if (socket.destroyed) return;
    socket.write(sent, 'latin1');
    if (!request.keepAlive) socket.end();
  }, response.delayMs);
}

function play(socket: net.Socket, events: readonly WireEvent[]): void {
  for (const event of events) {
    // Events of one moment go out in one turn, so that no gateway can act between them.
    if (event.at === 0) perform(socket, event);
    else setTimeout(() => perform(socket, event), event.at);
  }
}

function perform(socket: net.Socket, event: WireEvent): void {
  if (socket.destroyed || socket.writableEnded) return;
  switch (event.kind) {
    case 'bytes':
      socket.write(event.bytes, 'latin1');
      return;
    case 'close':
      socket.end();
      return;
    case 'reset':
      socket.resetAndDestroy();
      return;
    case 'stall':
      return;
    default:
      throw new Error(`A server that accepted a connection cannot play "${event.kind}".`);
  }
}
