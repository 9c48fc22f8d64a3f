import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewaySetup } from './adaptor.ts';

const STARTS_WITHIN_MS = 10_000;
/** Until a companion has attached itself to the gateway; none of them says when. */
const COMPANIONS_SETTLE_MS = 1000;
/** Where output goes that no setup asked for. */
const OUTPUT = 'output.log';
const ENDS_WITHIN_MS = 3000;

/** A gateway that is running. */
export interface GatewayProcess {
  /** True while the program and its companions run. */
  readonly alive: () => boolean;
  /** How the program ended, e.g. `SIGABRT` or `exit code 1`; null while it runs. */
  readonly ended: () => string | null;
  /** Sends the signal that makes the program write its logs, where it needs one. */
  readonly flushLogs: () => void;
  /** Ends the program, politely first. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a gateway with its companions in `folder` and waits until it listens on `port` of 127.0.0.1.
 * Throws with the end of its output when it does not come up.
 */
export async function startGateway(
  command: string,
  setup: GatewaySetup,
  folder: string,
  port: number,
): Promise<GatewayProcess> {
  const gateway = start({ command, ...setup }, folder);
  const running = [gateway];
  // A recorder that is ended from outside takes its gateway along.
  const killNow = (): void => {
    for (const { child } of running) child.kill('SIGTERM');
  };
  process.once('exit', killNow);
  const stop = async (): Promise<void> => {
    process.off('exit', killNow);
    for (const { child, alive } of running.toReversed()) await end(child, alive);
  };

  for (let waited = 0; waited < (setup.startsWithinMs ?? STARTS_WITHIN_MS) && gateway.alive(); waited += 50) {
    if (await listens(port)) {
      for (const companion of setup.companions ?? [])
        running.push(start({ environment: setup.environment, ...companion }, folder));
      await sleep(Math.max(setup.settlesMs ?? 0, running.length > 1 ? COMPANIONS_SETTLE_MS : 0));
      return {
        alive: () => running.every(({ alive }) => alive()),
        ended: () => endOfProcess(gateway),
        flushLogs: () => {
          if (setup.flushSignal && gateway.alive()) gateway.child.kill(setup.flushSignal);
        },
        stop,
      };
    }
    await sleep(50);
  }
  const ended = endOfProcess(gateway);
  await stop();
  const words = gateway.failures[0] ?? endOf(path.join(folder, setup.stderr ?? OUTPUT));
  throw new DidNotStart(
    `${path.basename(command)} did not start listening on port ${port}. It said: ${words || '(nothing)'}`,
    ended ?? 'it never listened',
    words.split('\n').filter((line) => line !== ''),
  );
}

/** The gateway refused to start. */
export class DidNotStart extends Error {
  /** E.g. `exit code 1`. */
  readonly how: string;
  /** The last lines that it wrote. */
  readonly output: readonly string[];

  constructor(message: string, how: string, output: readonly string[]) {
    super(message);
    this.how = how;
    this.output = output;
  }
}

function endOfProcess({ child, failures }: Running): string | null {
  if (child.signalCode !== null) return child.signalCode;
  if (child.exitCode !== null) return `exit code ${child.exitCode}`;
  return failures[0] ?? null;
}

interface Running {
  readonly child: ChildProcess;
  readonly alive: () => boolean;
  /** What kept the program from starting at all. */
  readonly failures: readonly string[];
}

interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly unprivileged?: true;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** The account `nobody` on Debian and most others. */
const NOBODY = 65_534;

function start(
  { command, args, environment, unprivileged, stdout = OUTPUT, stderr = OUTPUT }: Start,
  folder: string,
): Running {
  // A log starts anew with its program: HAProxy, for one, drops O_APPEND and would write over the lines of its predecessor.
  const files = [stdout, stderr].map((name) => fs.openSync(path.join(folder, name), name === OUTPUT ? 'a' : 'w'));
  const child = spawn(command, args, {
    cwd: folder,
    ...(unprivileged && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}),
    stdio: ['ignore', ...files],
    env: { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C', ...environment },
  });
  for (const file of files) fs.closeSync(file);
  const failures: string[] = [];
  child.once('error', (error) => failures.push(error.message));
  return {
    child,
    failures,
    alive: () => failures.length === 0 && child.exitCode === null && child.signalCode === null,
  };
}

const endOf = (file: string): string => fs.readFileSync(file, 'utf8').trim().slice(-2000);

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
