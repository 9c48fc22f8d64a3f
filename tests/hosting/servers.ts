import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../../tools/recorder/find-program.ts';
import { DIST } from '../setup/built-site.ts';

/** A real web server that serves the built site with the configuration that `npm run hosting` prints. */
export interface RunningServer {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

const STARTS_WITHIN_MS = 10_000;

/** What the command prints for this server, for any port. */
function configuration(server: 'nginx' | 'caddy', port: number): string {
  const options = ['--dir', DIST, '--root', resolve(DIST), '--port', String(port)];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/hosting.ts', server, ...options], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tools/hosting.ts ${server} failed: ${stderr}`);
  return stdout;
}

/** Starts the server on a free port. @returns the reason when it is not installed. Throws with its words when it does not start. */
export async function startServer(server: 'nginx' | 'caddy'): Promise<RunningServer | string> {
  const program = findProgram(server);
  if (program === null) return `${server} is not installed, so its configuration was not tried.`;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), `hosting-${server}-`));
  const site = configuration(server, port);
  const file = join(folder, 'configuration');
  writeFileSync(file, server === 'nginx' ? nginxAround(folder, site) : `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
  const args = server === 'nginx' ? ['-c', file, '-p', folder] : ['run', '--config', file, '--adapter', 'caddyfile'];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder } });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => said.push(bytes.toString('utf8')));
  }
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    child.kill();
    for (let waited = 0; waited < 5000 && isAlive(); waited += 25) await sleep(25);
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://localhost:${port}`;
  for (let waited = 0; waited < STARTS_WITHIN_MS && isAlive(); waited += 50) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer?.ok) return { origin, stop };
    await sleep(50);
  }
  await stop();
  throw new Error(`${server} did not start. It said: ${said.join('').slice(-2000)}`);
}

/** What stands around the site's configuration in an nginx of its own. */
const nginxAround = (folder: string, site: string): string =>
  [
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    'daemon off;',
    'worker_processes 1;',
    `pid ${folder}/pid;`,
    'error_log stderr;',
    'events {}',
    'http {',
    'access_log off;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`),
    site,
    '}',
  ].join('\n');

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
