import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A place on this machine that no page has any business with. */
export interface OutsideWorld {
  /** Listens on TCP and UDP. */
  readonly host: string;
  /** Everything that arrived: the start of each connection's first bytes, or `datagram`. */
  readonly arrivals: readonly string[];
  close(): Promise<void>;
}

/** Opens a TCP and a UDP port with the same number and writes down who comes. */
export async function openOutsideWorld(): Promise<OutsideWorld> {
  const arrivals: string[] = [];
  const server = createServer((socket) => {
    const index = arrivals.push('connection') - 1;
    socket.once('data', (bytes) => {
      arrivals[index] = bytes.toString('latin1').slice(0, 60);
    });
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket('udp4');
  datagrams.on('message', () => arrivals.push('datagram'));
  datagrams.bind(port, '127.0.0.1');
  await once(datagrams, 'listening');
  return {
    host: `127.0.0.1:${port}`,
    arrivals,
    close: async () => {
      datagrams.close();
      server.close();
      await once(server, 'close');
    },
  };
}
