import fs from 'node:fs';
import net from 'node:net';

/**
 * Listens on the given port of 127.0.0.1 and never accepts: once it listens, this process blocks its own event loop.
 * It ends when its parent has gone; no event could tell it so, hence the look every half second.
 */
const parent = process.ppid;
const port = Number(process.argv[2]);

// A backlog of 0 would mean Node's default of 511.
net.createServer().listen({ port, host: '127.0.0.1', backlog: 1 }, () => {
  fs.writeSync(1, 'listening\n');
  const never = new Int32Array(new SharedArrayBuffer(4));
  while (process.ppid === parent) Atomics.wait(never, 0, 0, 500);
  process.exit(0);
});
