import net from 'node:net';

/**
 * Below the ranges from which Linux (32768) and macOS (49152) take ports for outgoing connections: a closed port from
 * there could connect to itself.
 */
const FIRST = 20_000;
const LAST = 31_999;

/** Sessions that run at the same time start at different ports. */
let next = FIRST + (process.pid % (LAST - FIRST));

/** A port on 127.0.0.1 where nothing listens. Throws when all are taken. */
export async function freePort(): Promise<number> {
  for (let tried = FIRST; tried <= LAST; tried++) {
    const port = next;
    next = next === LAST ? FIRST : next + 1;
    if (await canListen(port)) return port;
  }
  throw new Error(
    `No free port on 127.0.0.1 between ${FIRST} and ${LAST}. Stop what listens there, then record again.`,
  );
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
