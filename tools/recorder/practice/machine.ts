import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { MachinePlan, Reply } from './machine-plan.ts';

const INSIDE = fileURLToPath(new URL('./inside.ts', import.meta.url));
/** Namespaces of network, mounts, host name and processes; whatever runs in them ends with the first process. */
const NAMESPACES = ['--net', '--mount', '--uts', '--pid', '--fork', '--mount-proc', '--kill-child=SIGKILL'];

/** What a machine does first, in short: a system that forbids any of it has none. */
const TRIAL = [
  'ip link set lo up',
  'mount -t tmpfs practice /srv',
  'mkdir /srv/upper /srv/work /srv/root',
  'mount -t overlay -o lowerdir=/,upperdir=/srv/upper,workdir=/srv/work practice /srv/root',
  ...['dev', 'proc', 'sys'].map((folder) => `mount --rbind /${folder} /srv/root/${folder}`),
  'mkdir -p /srv/root/srv/computer',
  'pivot_root /srv/root /srv/root/srv/computer',
  'cd /',
  'umount --lazy /srv/computer',
  'mount --bind /proc/sys /proc/sys',
  'mount -o remount,bind,ro /proc/sys',
].join(' && ');

const firstSchema = z.union([z.object({ ready: z.literal(true) }), z.object({ failed: z.string() })]);
const replySchema = z.object({ id: z.number(), output: z.string(), exit: z.number(), asked: z.array(z.string()) });

/** A machine of its own: gateway, upstream and the shell of the reader. */
export interface PracticeMachine {
  /** Runs a command in bash. Its exit code is 124 where the time ran out. */
  readonly run: (command: string, seconds: number) => Promise<Omit<Reply, 'id'>>;
  /** Ends everything that runs there. */
  readonly close: () => Promise<void>;
}

/** Why no practice machine can be had on this system, as a sentence; null when one can. */
export function whyNoMachine(): string | null {
  if (process.platform !== 'linux') return 'A practice machine needs the namespaces of Linux.';
  const { status, stderr, error } = spawnSync('unshare', [...NAMESPACES, 'sh', '-c', TRIAL], { encoding: 'utf8' });
  return status === 0 ? null : `A practice machine needs unshare as root: ${(error?.message ?? stderr).trim()}`;
}

/** Starts a machine and waits until it takes commands. Throws with what went wrong inside. */
export async function openMachine(plan: MachinePlan): Promise<PracticeMachine> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'practice-'));
  // What is mounted there is mounted for the machine alone: for all others it stays empty.
  const removeScratch = (): void => fs.rmdirSync(scratch);
  process.once('exit', removeScratch);
  // bash is the first process: it takes in what others leave behind when they end. What it runs stands in no argument, for ps.
  const child = spawn('unshare', [...NAMESPACES, 'bash', '-c', '"$PRACTICE_NODE" "$PRACTICE_INSIDE"; exit'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      NODE_NO_WARNINGS: '1',
      PRACTICE_NODE: process.execPath,
      PRACTICE_INSIDE: INSIDE,
      PRACTICE_PLAN: JSON.stringify(plan),
      PRACTICE_SCRATCH: scratch,
    },
  });
  const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  let asked = 0;
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.connected) child.disconnect();
      await ended;
    }
    process.off('exit', removeScratch);
    if (fs.existsSync(scratch)) removeScratch();
  };
  try {
    await isReady(child);
  } catch (error) {
    await close();
    throw error;
  }
  child.on('message', (message) => {
    const reply = replySchema.parse(message);
    waiting.get(reply.id)?.resolve(reply);
    waiting.delete(reply.id);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The practice machine ended before it answered.'));
  });
  return {
    run: (command, seconds) =>
      new Promise((resolve, reject) => {
        const id = ++asked;
        waiting.set(id, { resolve, reject });
        child.send({ id, command, seconds });
      }),
    close,
  };
}

/** Waits for the machine's first words; throws when they are bad, or when it ends without any. */
function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (words: string): void => reject(new Error(`The practice machine did not start: ${words}`));
    child.once('message', (message) => {
      const first = firstSchema.parse(message);
      if ('failed' in first) fail(first.failed);
      else resolve();
    });
    child.once('exit', (code) => fail(`exit code ${code ?? 'unknown'}`));
    child.once('error', ({ message }) => fail(message));
  });
}
