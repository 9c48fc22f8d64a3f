import type { Sockets } from '../../network/sockets/sockets.ts';

/** A server's hello without complaint (`simulated_tls.py`), and the shortest answer after it. */
const HELLO = '\x16\x03\x03\x00\x00';
const ANSWER =
  'HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\n502';

/** The other side of `rehearsal.py`'s request: whoever writes to it finds the answer there, and nobody sees it. */
export function rehearsalSockets(): Omit<Sockets, 'closeAll'> {
  let arrived = HELLO + ANSWER;
  return {
    lookup: () => '192.0.2.1',
    connect: () => 1,
    state: () => 'open',
    write: () => true,
    read: (_connection, most, peek) => {
      const bytes = arrived.slice(0, most);
      if (!peek) arrived = arrived.slice(most);
      return bytes;
    },
    takeReset: () => false,
    readable: () => true,
    close: () => undefined,
  };
}
