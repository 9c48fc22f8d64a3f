import { spawn } from 'node:child_process';
import net from 'node:net';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./full-queue-child.ts', import.meta.url));
/** A connection on loopback that is not there after this many ms is not coming. */
const PATIENCE_MS = 400;
const MOST_FILLERS = 8;

/** This system cannot play a server of the catalogue; the message says why. */
export class CannotPlay extends Error {}

/** A port that can stop accepting, so that SYNs to it are dropped. */
export interface FullQueue {
  /** Drops SYNs from now on. Throws CannotPlay where the kernel does not drop them. */
  readonly hold: () => Promise<void>;
  /** Accepts from now on, and answers every request. */
  readonly serve: () => Promise<void>;
  readonly close: () => void;
}

/**
 * Opens a port on 127.0.0.1 that lets every connect time out, without root or a firewall: a child process listens with
 * the shortest accept queue there is and never accepts; connections from here fill the queue, and the kernel drops every
 * SYN after that. Node alone cannot do it in one process, because it accepts whatever arrives.
 * @param response bytes that it answers with while it serves, latin1
 * @param onRequest called for every request that it answered
 */
export function openFullQueue(port: number, response: string, onRequest: () => void): FullQueue {
  const child = spawn(process.execPath, [CHILD, String(port), response], { stdio: ['pipe', 'pipe', 'inherit'] });
  let fillers: net.Socket[] = [];
  let ready: { resolve: () => void; reject: (error: Error) => void } | null = null;
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    const words = (said + bytes.toString('latin1')).split('\n');
    said = words.pop() ?? '';
    for (const word of words) {
      if (word === 'request') onRequest();
      else ready?.resolve();
    }
  });
  child.once('exit', (code) => ready?.reject(new Error(`The listener with the full queue ended with code ${code}.`)));

  const command = (letter: 'h' | 's'): Promise<void> =>
    new Promise((resolve, reject) => {
      ready = { resolve, reject };
      child.stdin.write(letter);
    });
  const dropFillers = (): void => {
    for (const filler of fillers) filler.destroy();
    fillers = [];
  };
  return {
    hold: async () => {
      dropFillers();
      await command('h');
      fillers = await fill(port);
    },
    serve: async () => {
      await command('s');
      dropFillers();
    },
    close: () => {
      dropFillers();
      child.kill('SIGKILL');
    },
  };
}

/** Connects until the queue is full; returns the connections that fill it. */
async function fill(port: number): Promise<net.Socket[]> {
  const fillers: net.Socket[] = [];
  const giveUp = (reason: string): never => {
    for (const filler of fillers) filler.destroy();
    throw new CannotPlay(`this system (${process.platform}) ${reason}`);
  };
  for (let count = 0; count < MOST_FILLERS; count++) {
    const filler = net.connect(port, '127.0.0.1');
    fillers.push(filler);
    const outcome = await firstOf(filler);
    if (outcome === 'silence') return fillers;
    if (outcome === 'refused') giveUp('refuses connections when the accept queue is full');
  }
  return giveUp(`takes ${MOST_FILLERS} connections into an accept queue of length 1`);
}

function firstOf(socket: net.Socket): Promise<'connected' | 'refused' | 'silence'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silence'), PATIENCE_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve('connected');
    });
    socket.on('error', () => {
      clearTimeout(timer);
      resolve('refused');
    });
  });
}
