import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Gateway } from '../../src/gateway/assemble.ts';
import { readRequest } from '../../src/network/sockets/request-reader.ts';

/** A real server on loopback that answers as a simulated gateway does: the same bytes, at the same times. */
export interface ReplayServer {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** @param open makes the gateway once its own origin is known */
export async function startReplay(open: (origin: string) => Gateway): Promise<ReplayServer> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let gateway: Gateway | null = null;
  const start = performance.now();
  const server = createServer((socket) => {
    let written = '';
    let busy = false;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      written += data.toString('latin1');
      readOn();
    });
    const readOn = (): void => {
      const read = readRequest(written);
      if (busy || !gateway || read.kind !== 'request') return;
      written = written.slice(read.used);
      const request = { ...read.request, url: origin + read.target };
      busy = true;
      const { wire, client } = gateway.answer(request, performance.now() - start);
      wire.forEach((event, index) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          if (event.kind === 'bytes') socket.write(Buffer.from(event.bytes, 'latin1'));
          else if (event.kind === 'reset') socket.resetAndDestroy();
          else if (event.kind !== 'stall') socket.end();
          if (index < wire.length - 1 || (event.kind === 'stall' && client.error !== null)) return;
          busy = false;
          readOn();
        }, event.at);
        timers.add(timer);
      });
    };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  gateway = open(origin);
  return {
    origin,
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
