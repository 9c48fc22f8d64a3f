import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TakeHomeFile } from '../../src/take-home/gateway-kit.ts';

/** The account `nobody`: readers do not work as root, and root may open every socket. */
const NOBODY = 65_534;
const STARTS_WITHIN_MS = 10_000;
const ENDS_WITHIN_MS = 3000;
/** Ports that one folder may use. */
const PORTS = 100;

/** A folder that was taken home, with its upstream and gateway running as its README says. */
export interface RunningFolder {
  readonly path: string;
  readonly gatewayPort: number;
  /** Runs a script of the folder; gives its exit code and output. */
  readonly run: (script: string) => Promise<{ readonly code: number | null; readonly output: string }>;
  readonly stop: () => Promise<void>;
}

/** Writes the folder to a temporary place and starts its two programs. Throws with what they said when one does not start. */
export async function startFolder(
  files: readonly TakeHomeFile[],
  programFolder: string | null,
): Promise<RunningFolder> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'take-home-'));
  for (const { name, text } of files) fs.writeFileSync(path.join(folder, name), text);
  const asRoot = process.getuid?.() === 0;
  if (asRoot)
    for (const place of [folder, ...files.map(({ name }) => path.join(folder, name))])
      fs.chownSync(place, NOBODY, NOBODY);
  const upstreamPort = await freePorts();
  const gatewayPort = upstreamPort + PORTS - 1;
  const PATH = [programFolder, path.dirname(process.execPath), process.env['PATH'], '/usr/sbin']
    .filter(Boolean)
    .join(':');
  const environment = { PATH, UPSTREAM_PORT: String(upstreamPort), GATEWAY_PORT: String(gatewayPort), HOME: folder };
  const options = { cwd: folder, env: environment, ...(asRoot ? { uid: NOBODY, gid: NOBODY } : {}) };
  const children: ChildProcess[] = [];
  const said: string[] = [];
  const start = (command: string, args: readonly string[]): ChildProcess => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => said.push(bytes.toString('utf8')));
    children.push(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await end(child);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const up = async (what: string, child: ChildProcess, isUp: () => Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < STARTS_WITHIN_MS && isAlive(child); waited += 50) {
      if (await isUp()) return;
      await sleep(50);
    }
    const log = path.join(folder, 'run', 'error.log');
    const words = `${said.join('')}${fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : ''}`.trim().slice(-2000);
    await stop();
    throw new Error(`${what} did not start. It said: ${words || '(nothing)'}`);
  };
  const upstream = start('node', ['upstream.mjs']);
  await up('The upstream', upstream, () => Promise.resolve(said.some((text) => text.includes('The upstream is up'))));
  await up('The gateway', start('sh', ['gateway.sh']), () => listens(gatewayPort));
  return {
    path: folder,
    gatewayPort,
    run: (script) =>
      new Promise((resolve) => {
        const child = spawn('sh', [script], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
        let output = '';
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (bytes: Buffer) => {
            output += bytes.toString('utf8');
          });
        }
        child.on('close', (code) => resolve({ code, output }));
      }),
    stop,
  };
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

async function end(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(child)) return;
    child.kill(signal);
    for (let waited = 0; waited < ENDS_WITHIN_MS && isAlive(child); waited += 25) await sleep(25);
  }
}

/** Below the ports that systems take for outgoing connections, and apart from those of the recorder. */
const [FIRST, LAST] = [12_000, 19_900];
let next = FIRST + (process.pid % 79) * PORTS;

/** The first of a row of ports on 127.0.0.1 where nothing listens. */
async function freePorts(): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const first = next;
    next = next + 2 * PORTS > LAST ? FIRST : next + PORTS;
    const taken = await Promise.all(Array.from({ length: PORTS }, (_, index) => listens(first + index)));
    if (!taken.includes(true)) return first;
  }
  throw new Error('No row of free ports on 127.0.0.1.');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy().destroyed));
    socket.once('error', () => resolve(false));
  });
}
