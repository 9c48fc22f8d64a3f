import fs from 'node:fs';
import http2 from 'node:http2';
import net from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import tls from 'node:tls';
import type { TlsServer } from '../../src/gateway/fault.ts';

/** Counts what reached one server, and knows its open connections. */
export interface Traffic {
  /** When it was contacted, by performance.now(): connections, and further requests on kept ones. */
  readonly contacts: () => readonly number[];
  /** Ends every open connection and numbers the next one 1. */
  readonly forget: () => void;
  readonly close: () => void;
}

export interface Connection {
  readonly socket: net.Socket;
  /** Number of this connection since the server last forgot, from 1. */
  readonly number: number;
  /** To be called for every request on the connection; counts those after the first. */
  readonly countRequest: () => void;
}

/** How the listener speaks below HTTP. */
export type Transport =
  | { readonly kind: 'plain' }
  | { readonly kind: 'tls'; readonly server: TlsServer; readonly certificates: string }
  | { readonly kind: 'http2' };

/** Listens on a port, or at the path of a unix socket. */
export async function listen(
  where: { readonly host: string; readonly port: number } | string,
  transport: Transport,
  onConnection: (connection: Connection) => void,
): Promise<Traffic> {
  const sockets = new Map<net.Socket, Connection>();
  const contacts: number[] = [];
  let connections = 0;
  const arrived = (socket: net.Socket): Connection => {
    contacts.push(performance.now());
    let requests = 0;
    const connection = {
      socket,
      number: ++connections,
      countRequest: () => {
        if (++requests > 1) contacts.push(performance.now());
      },
    };
    sockets.set(socket, connection);
    socket.on('close', () => sockets.delete(socket));
    // The gateway may reset its side at any moment; that is its business.
    socket.on('error', () => undefined);
    return connection;
  };
  const server = serverOf(transport, arrived, onConnection);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (typeof where === 'string') server.listen(where, resolve);
    else server.listen(where.port, where.host, resolve);
  });
  const forget = (): void => {
    for (const socket of sockets.keys()) socket.destroy();
    connections = 0;
  };
  return {
    contacts: () => contacts,
    forget,
    close: () => {
      server.close();
      forget();
    },
  };
}

function serverOf(
  transport: Transport,
  arrived: (socket: net.Socket) => Connection,
  onConnection: (connection: Connection) => void,
): net.Server {
  switch (transport.kind) {
    case 'plain':
      return net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        const connection = arrived(socket);
        socket.on('end', () => socket.end());
        onConnection(connection);
      });
    case 'http2': {
      const server = http2.createServer();
      server.on('connection', (socket: net.Socket) => void arrived(socket));
      server.on('sessionError', () => undefined);
      server.on('stream', (stream) => {
        stream.respond({ ':status': 200 });
        stream.end('h2');
      });
      return server;
    }
    case 'tls': {
      const server = tls.createServer(tlsOptions(transport.server, transport.certificates));
      // A handshake that fails is a contact too: it is counted when its connection arrives.
      const waiting = new Map<string, Connection>();
      const key = (socket: net.Socket): string => `${socket.remoteAddress}:${socket.remotePort}`;
      server.on('connection', (socket: net.Socket) => {
        socket.setNoDelay(true);
        waiting.set(key(socket), arrived(socket));
      });
      server.on('tlsClientError', () => undefined);
      server.on('secureConnection', (socket) => {
        const connection = waiting.get(key(socket));
        waiting.delete(key(socket));
        socket.on('error', () => undefined);
        if (connection) onConnection({ ...connection, socket });
      });
      return server;
    }
  }
}

function tlsOptions({ certificate, maxVersion, demandsClientCertificate }: TlsServer, folder: string): tls.TlsOptions {
  const file = (name: string): Buffer => fs.readFileSync(path.join(folder, name));
  return {
    cert: file(`${certificate}.pem`),
    key: file(`${certificate}.key`),
    ALPNProtocols: ['http/1.1'],
    // OpenSSL refuses TLS 1.0 above security level 0.
    ...(maxVersion ? { minVersion: maxVersion, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
    ...(demandsClientCertificate ? { requestCert: true, rejectUnauthorized: true, ca: file('ca.pem') } : {}),
  };
}
