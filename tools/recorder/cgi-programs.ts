import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CgiServer } from '../../src/gateway/fault.ts';
import { firstAccount } from './account.ts';
import type { Target } from './adaptor.ts';
import { fastCgiRequest } from './fastcgi-request.ts';
import { findProgram } from './find-program.ts';
import { CannotPlay } from './full-queue.ts';
import { freePort } from './ports.ts';

/** php-fpm and uWSGI, with applications that fail in every way of the catalogue. Real programs, real failures. */
export interface CgiPrograms {
  readonly target: (server: CgiServer) => Target;
  /** To be called before a request is recorded. */
  readonly prepare: (server: CgiServer) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The PHP files by name, without the opening tag. */
const PHP: Readonly<Record<string, string>> = {
  ok: String.raw`header("Content-Type: text/plain"); echo "hello from php\n";`,
  fatal: 'throw new RuntimeException("boom");',
  kill: 'posix_kill(posix_getpid(), 9); sleep(1);',
  'kill-body':
    'header("Content-Type: text/plain"); while (ob_get_level()) ob_end_flush(); echo str_repeat("x", 1000); flush(); ' +
    'usleep(200000); posix_kill(posix_getpid(), 9); sleep(1);',
  segv: 'posix_kill(posix_getpid(), 11); sleep(1);',
  sleep: String.raw`sleep(4); echo "late\n";`,
  loop: 'set_time_limit(1); while (true) { $x = 1; }',
  memory: 'ini_set("memory_limit", "8M"); $a = str_repeat("x", 64 << 20); echo strlen($a);',
  'big-header': 'header("X-Big: " . str_repeat("b", 65536)); echo "ok";',
};

/** The WSGI application goes by the path, which names the fault. */
const WSGI_APPLICATION = `import os, signal, time
def application(env, start_response):
    path = env['PATH_INFO']
    if 'exception' in path: raise RuntimeError('boom')
    if 'timeout' in path or 'harakiri' in path: time.sleep(4)
    if 'killed' in path: os.kill(os.getpid(), signal.SIGKILL); time.sleep(1)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello from uwsgi\\n']
`;

const STARTS_WITHIN_MS = 10_000;
/** Until the request that keeps the only worker busy has reached it. */
const BUSY_AFTER_MS = 200;

/** Starts both programs in `folder`. Throws CannotPlay when one of them is not installed or does not start. */
export async function startCgiPrograms(folder: string, asRoot: boolean): Promise<CgiPrograms> {
  const fpm = ['php-fpm', 'php-fpm8.2', 'php-fpm8.3', 'php-fpm8.4', 'php-fpm8.5']
    .map(findProgram)
    .find((found) => found !== null);
  const uwsgi = findProgram('uwsgi');
  if (!fpm || !uwsgi) {
    throw new CannotPlay(
      'it needs php-fpm and uWSGI: apt-get install php-fpm uwsgi uwsgi-plugin-python3 (Debian, Ubuntu)',
    );
  }
  const www = path.join(folder, 'www');
  fs.mkdirSync(www);
  for (const [name, code] of Object.entries(PHP)) fs.writeFileSync(path.join(www, `${name}.php`), `<?php\n${code}\n`);
  fs.writeFileSync(path.join(www, 'page.html'), '<p>static</p>\n');
  fs.writeFileSync(path.join(folder, 'app.py'), WSGI_APPLICATION);

  const account = asRoot ? firstAccount(['www-data', 'nginx', '_www', 'http']) : null;
  const sockets = (pool: string): string => path.join(folder, `php-${pool}.sock`);
  const ports = {
    tcp: await freePort(),
    main: await freePort(),
    'no-app': await freePort(),
    harakiri: await freePort(),
  };
  const pools = { main: '', tcp: '', terminate: 'request_terminate_timeout = 1s\n', busy: '' };
  const poolText = (name: keyof typeof pools): string =>
    `[${name}]\n${account ? `user = ${account}\ngroup = ${account}\nlisten.mode = 0666\n` : ''}` +
    `listen = ${name === 'tcp' ? `127.0.0.1:${ports.tcp}` : sockets(name)}\n` +
    `pm = static\npm.max_children = ${name === 'busy' ? 1 : 3}\n` +
    `php_admin_flag[display_errors] = off\nphp_admin_flag[log_errors] = on\n${pools[name]}`;
  const fpmConfig = path.join(folder, 'fpm.conf');
  const names = Object.keys(pools) as (keyof typeof pools)[];
  fs.writeFileSync(
    fpmConfig,
    `[global]\nerror_log = ${folder}/fpm.log\ndaemonize = no\n${names.map(poolText).join('')}`,
  );

  const uwsgiArgs = (port: number, ...more: readonly string[]): string[] => [
    ...['--plugin', 'python3', '--socket', `127.0.0.1:${port}`, '--master', '--processes', '2', '--die-on-term'],
    ...(account ? ['--uid', account] : []),
    ...more,
  ];
  const application = ['--wsgi-file', path.join(folder, 'app.py')];
  const children = [
    start(fpm, ['-F', '-y', fpmConfig], folder),
    start(uwsgi, uwsgiArgs(ports.main, ...application), folder),
    start(uwsgi, uwsgiArgs(ports['no-app']), folder),
    start(uwsgi, uwsgiArgs(ports.harakiri, ...application, '--harakiri', '1'), folder),
  ];
  const killNow = (): void => {
    for (const child of children) child.kill('SIGTERM');
  };
  process.once('exit', killNow);
  const stop = async (): Promise<void> => {
    process.off('exit', killNow);
    await Promise.all(children.map(end));
  };
  for (const where of [sockets('main'), ports.tcp, ports.main, ports['no-app'], ports.harakiri]) {
    if (await listens(where)) continue;
    await stop();
    throw new CannotPlay(
      `php-fpm or uWSGI does not start. They said: ${fs.readFileSync(path.join(folder, 'cgi.log'), 'utf8').slice(-1000)}`,
    );
  }

  let busy: Promise<void> = Promise.resolve();
  return {
    target: ({ program, pool, script }) => {
      const port = program === 'uwsgi' || pool === 'tcp' ? ports[pool as keyof typeof ports] : 0;
      const place = port === 0 ? { unixPath: sockets(pool) } : {};
      return { host: '127.0.0.1', port, ...place, ...(script ? { scriptPath: path.join(www, script) } : {}) };
    },
    prepare: async ({ pool }) => {
      if (pool !== 'busy') return;
      await busy;
      busy = occupy(sockets('busy'), path.join(www, 'sleep.php'));
      await sleep(BUSY_AFTER_MS);
    },
    stop,
  };
}

function start(command: string, args: readonly string[], folder: string): ChildProcess {
  const output = fs.openSync(path.join(folder, 'cgi.log'), 'a');
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', output, output] });
  fs.closeSync(output);
  child.on('error', () => undefined);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const gone = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (gone()) return;
    child.kill(signal);
    for (let waited = 0; waited < 3000 && !gone(); waited += 25) await sleep(25);
  }
}

async function listens(where: string | number): Promise<boolean> {
  for (let waited = 0; waited < STARTS_WITHIN_MS; waited += 50) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = typeof where === 'string' ? net.connect(where) : net.connect(where, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (connected) return true;
    await sleep(50);
  }
  return false;
}

/** Has a worker run a script; resolves when it is done with it. */
function occupy(socketPath: string, script: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath, () =>
      socket.write(fastCgiRequest({ SCRIPT_FILENAME: script, REQUEST_METHOD: 'GET' })),
    );
    socket.resume();
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
  });
}
