import { spawn } from 'node:child_process';
import net from 'node:net';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./full-queue-child.ts', import.meta.url));
/** A connection on loopback that is not there after this many ms is not coming. */
const PATIENCE_MS = 400;
const MOST_FILLERS = 8;

/** This system cannot play a server of the catalogue; the message says why. */
export class CannotPlay extends Error {}

/** A port whose SYNs are dropped. */
export interface FullQueue {
  readonly port: number;
  readonly close: () => void;
}

/**
 * Opens a port on 127.0.0.1 that lets every connect time out, without root or a firewall: a child process listens with
 * the shortest accept queue there is and never accepts; connections from here fill the queue, and the kernel drops every
 * SYN after that. Node alone cannot do it in one process, because it accepts whatever arrives.
 * Throws CannotPlay where the kernel does not drop SYNs.
 */
export async function openFullQueue(port: number): Promise<FullQueue> {
  const child = spawn(process.execPath, [CHILD, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const fillers: net.Socket[] = [];
  const close = (): void => {
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
  };
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`The listener with the full queue ended with code ${code}.`)));
    });
    for (let count = 0; count < MOST_FILLERS; count++) {
      const filler = net.connect(port, '127.0.0.1');
      fillers.push(filler);
      const outcome = await firstOf(filler);
      if (outcome === 'silence') return { port, close };
      if (outcome === 'refused') {
        throw new CannotPlay(`this system (${process.platform}) refuses connections when the accept queue is full`);
      }
    }
    throw new CannotPlay(
      `this system (${process.platform}) takes ${MOST_FILLERS} connections into an accept queue of length 1`,
    );
  } catch (error) {
    close();
    throw error;
  }
}

function firstOf(socket: net.Socket): Promise<'connected' | 'refused' | 'silence'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silence'), PATIENCE_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve('connected');
    });
    socket.once('error', () => {
      clearTimeout(timer);
      resolve('refused');
    });
  });
}
