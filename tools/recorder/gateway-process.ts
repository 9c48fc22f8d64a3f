import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STARTS_WITHIN_MS = 10_000;
const ENDS_WITHIN_MS = 3000;

/** A gateway that is running. */
export interface GatewayProcess {
  /** True while the program runs. */
  readonly alive: () => boolean;
  /** Ends the program, politely first. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a gateway in `folder` and waits until it listens on `port` of 127.0.0.1. Its output goes to `output.log`.
 * Throws with the end of that output when it does not come up.
 */
export async function startGateway(
  command: string,
  args: readonly string[],
  folder: string,
  port: number,
): Promise<GatewayProcess> {
  const outputPath = path.join(folder, 'output.log');
  const output = fs.openSync(outputPath, 'a');
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' },
  });
  fs.closeSync(output);
  const failures: string[] = [];
  child.once('error', (error) => failures.push(error.message));
  const alive = (): boolean => failures.length === 0 && child.exitCode === null && child.signalCode === null;
  // A recorder that is ended from outside takes its gateway along.
  const killNow = (): void => void child.kill('SIGTERM');
  process.once('exit', killNow);

  for (let waited = 0; waited < STARTS_WITHIN_MS && alive(); waited += 50) {
    if (await listens(port)) {
      return {
        alive,
        stop: async () => {
          process.off('exit', killNow);
          await end(child, alive);
        },
      };
    }
    await sleep(50);
  }
  process.off('exit', killNow);
  await end(child, alive);
  const words = failures[0] ?? fs.readFileSync(outputPath, 'utf8').trim().slice(-2000);
  throw new Error(
    `${path.basename(command)} did not start listening on port ${port}. It said: ${words || '(nothing)'}`,
  );
}

async function end(child: ChildProcess, alive: () => boolean): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!alive()) return;
    child.kill(signal);
    for (let waited = 0; waited < ENDS_WITHIN_MS && alive(); waited += 25) await sleep(25);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
