import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import tls from 'node:tls';
import type { WireEvent } from '../../../src/gateway/exchange.ts';
import { UNRESOLVABLE_HOSTS } from '../../../src/gateway/places.ts';
import type { Scheme } from '../../../src/schema/client-words.ts';
import { tlsFlaw, type TlsFlaw } from '../../../src/gateway/client-words-kinds.ts';
import { CannotPlay, openFullQueue } from '../full-queue.ts';
import { freePort } from '../ports.ts';

/** A server on loopback that does to a client what a wire says. */

/** The name of every server on a stage; the lab's name server knows it, and the lab's certificates are for it. */
const STAGE_HOST = 'upstream.test';
export const STAGE_ADDRESS = '127.0.0.1';
/** Where no route leads, see {@link UNREACHABLE}. From a range for documentation. */
const NOWHERE = '198.51.100.7';

/** Runs a program where the network has a route that leads nowhere; Linux only. */
export const UNREACHABLE = [
  'unshare',
  '--map-root-user',
  '--net',
  'sh',
  '-c',
  `ip link set lo up && ip route add unreachable ${NOWHERE} && exec "$@"`,
  'sh',
];

export interface Stage {
  readonly host: string;
  readonly port: number;
  /** The client trusts the lab's certificate authority. */
  readonly trusts: boolean;
  /** The client must run in a network of its own, started with {@link UNREACHABLE}. */
  readonly unreachable: boolean;
  readonly close: () => void;
}

/**
 * Makes ready for one client.
 * @param wire times in ms; after `bytes` the connection stays as it is until the next event
 * @param certificates folder with the lab's certificates, for https
 * Throws CannotPlay with the reason where this system cannot do what the wire says.
 */
export async function openStage(wire: readonly WireEvent[], scheme: Scheme, certificates: string): Promise<Stage> {
  const [first] = wire;
  const port = await freePort();
  const stage = { host: STAGE_HOST, port, trusts: true, unreachable: false, close: () => undefined };
  switch (first?.kind) {
    case 'lookup-failed':
      return { ...stage, host: UNRESOLVABLE_HOSTS[first.reason] };
    case 'connect-failed':
      return connectFails(first.reason, stage);
    case 'tls-failed':
      return tlsFails(first.reason, stage, certificates);
    default: {
      const close = await listen(
        port,
        scheme === 'https' ? tlsServer(certificates, 'good') : net.createServer(),
        (socket) => afterRequest(socket, () => void playEvents(socket, wire)),
      );
      return { ...stage, close };
    }
  }
}

async function connectFails(reason: 'refused' | 'timeout' | 'unreachable', stage: Stage): Promise<Stage> {
  switch (reason) {
    case 'refused':
      return stage;
    case 'timeout': {
      const queue = openFullQueue(stage.port, '', () => undefined);
      try {
        await queue.hold();
      } catch (error) {
        queue.close();
        throw error;
      }
      return { ...stage, close: queue.close };
    }
    case 'unreachable': {
      const [command = '', ...args] = UNREACHABLE;
      if (process.platform !== 'linux' || spawnSync(command, [...args, 'true']).status !== 0)
        throw new CannotPlay('this system lets nobody make a network of their own (unshare, ip route)');
      return { ...stage, host: NOWHERE, unreachable: true };
    }
  }
}

/** The lab's certificate that has the flaw. */
const CERTIFICATES = {
  expired: 'expired',
  'wrong-name': 'wrongname',
  'self-signed': 'selfsigned',
  'unknown-authority': 'good',
  'client-certificate': 'good',
  version: 'good',
} as const;

/** A server whose TLS fails as the words of a wire's event say. */
async function tlsFails(reason: string, stage: Stage, certificates: string): Promise<Stage> {
  const flaw = tlsFlaw(reason);
  const options: Partial<Record<TlsFlaw, tls.TlsOptions>> = {
    version: { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
    'client-certificate': { requestCert: true, rejectUnauthorized: true },
  };
  const server = tlsServer(certificates, CERTIFICATES[flaw], options[flaw]);
  const close = await listen(stage.port, server, (socket) => socket.resume());
  return { ...stage, trusts: flaw !== 'unknown-authority', close };
}

const tlsServer = (
  folder: string,
  certificate: (typeof CERTIFICATES)[TlsFlaw],
  options: tls.TlsOptions = {},
): tls.Server =>
  tls.createServer({
    cert: fs.readFileSync(path.join(folder, `${certificate}.pem`)),
    key: fs.readFileSync(path.join(folder, `${certificate}.key`)),
    ALPNProtocols: ['http/1.1'],
    ...options,
  });

/** Listens on loopback; returns what ends the server and its connections. */
async function listen(
  port: number,
  server: net.Server,
  onConnection: (socket: net.Socket) => void,
): Promise<() => void> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    // The client may reset its side at any moment; that is its business.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.on(server instanceof tls.Server ? 'secureConnection' : 'connection', (socket: net.Socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, STAGE_ADDRESS, resolve);
  });
  return () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
}

/** Calls `then` once a whole request has arrived. */
function afterRequest(socket: net.Socket, then: () => void): void {
  let received = '';
  let done = false;
  socket.on('data', (bytes: Buffer) => {
    if (done) return;
    received += bytes.toString('latin1');
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? 0);
    if (received.length < headEnd + 4 + length) return;
    done = true;
    then();
  });
}

/** Plays events in their order, each at its time or later: timers of a busy process run out of order. */
async function playEvents(socket: net.Socket, wire: readonly WireEvent[]): Promise<void> {
  const started = performance.now();
  for (const event of wire) {
    await new Promise((resolve) => setTimeout(resolve, event.at - (performance.now() - started)));
    if (socket.destroyed) return;
    if (event.kind === 'bytes') socket.write(event.bytes, 'latin1');
    else if (event.kind === 'close') socket.end();
    else if (event.kind === 'reset') reset(socket);
  }
}

/** Resets the TCP connection; one under TLS too, which Node can only end. */
function reset(socket: net.Socket): void {
  const parent: unknown = Reflect.get(socket, '_parent');
  if (parent instanceof net.Socket) parent.resetAndDestroy();
  else socket.resetAndDestroy();
}
