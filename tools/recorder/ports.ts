import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/**
 * Below the ranges from which Linux (32768) and macOS (49152) take ports for outgoing connections: a closed port from
 * there could connect to itself.
 */
const FIRST = 20_000;
const LAST = 31_999;
/** Ports are taken from blocks of this size, which belong to one process. */
const BLOCK = 400;
const BLOCKS = Math.floor((LAST - FIRST + 1) / BLOCK);

const mine: number[] = [];
let next = 0;

/**
 * A port on 127.0.0.1 where nothing listens, and where no other recorder will: some faults need a port that stays closed.
 * Throws when all are taken.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < BLOCK * BLOCKS; tried++) {
    const port = nextPort();
    if (await canListen(port)) return port;
  }
  throw new Error(
    `No free port on 127.0.0.1 between ${FIRST} and ${LAST}. Stop what listens there, then record again.`,
  );
}

/** Ports of this process in a row, a new block when they are used up, and the oldest ones again when no block is left. */
function nextPort(): number {
  if (next === mine.length * BLOCK) {
    const block = takeBlock();
    if (block !== null) mine.push(block);
    else if (mine.length === 0)
      throw new Error(`All ports between ${FIRST} and ${LAST} belong to other recorders. Wait until one has ended.`);
    else next = 0;
  }
  const port = FIRST + (mine[Math.floor(next / BLOCK)] ?? 0) * BLOCK + (next % BLOCK);
  next++;
  return port;
}

/** Marks a block as this process's, for as long as it lives. */
function takeBlock(): number | null {
  const start = process.pid % BLOCKS;
  for (let tried = 0; tried < BLOCKS; tried++) {
    const block = (start + tried) % BLOCKS;
    const mark = path.join(os.tmpdir(), `lab-ports-${FIRST + block * BLOCK}`);
    if (!mine.includes(block) && (tryMark(mark) || (isLeftOver(mark) && tryMark(mark)))) {
      process.once('exit', () => fs.rmSync(mark, { force: true }));
      return block;
    }
  }
  return null;
}

function tryMark(mark: string): boolean {
  try {
    fs.writeFileSync(mark, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Removes the mark of a process that has gone without doing so. */
function isLeftOver(mark: string): boolean {
  try {
    process.kill(Number(fs.readFileSync(mark, 'utf8')), 0);
    return false;
  } catch {
    fs.rmSync(mark, { force: true });
    return true;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
