/**
 * Works inside a practice machine: started by machine.ts in namespaces of its own, it makes the folders, the addresses and the
 * name server, and then runs the commands that it is sent. When it ends, all of the machine ends with it.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
  APPLICATION_LOG,
  APPLICATION_PLAN,
  ASKED_FOR,
  BASH_SETTINGS,
  CA_FILE,
  NODE,
  OWN_FOLDERS,
  SHIM_FOLDER,
  TIMED_OUT,
  ZONE,
  type MachinePlan,
  type Question,
  type Reply,
} from './machine-plan.ts';
import { shimsFor } from './shims.ts';
import { startZoneServer } from './zone-server.ts';

function must(command: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}

/**
 * Gives the machine a root of its own: it reads the computer's files, and whatever it writes is in memory and goes with it.
 * @param scratch an empty folder
 */
function enterOwnRoot(scratch: string): void {
  must('mount', '-t', 'tmpfs', 'practice', scratch);
  const [upper, work, root] = ['upper', 'work', 'root'].map((name) => path.join(scratch, name));
  for (const folder of [upper, work, root]) fs.mkdirSync(folder ?? '');
  must('mount', '-t', 'overlay', '-o', `lowerdir=/,upperdir=${upper},workdir=${work}`, 'practice', root ?? '');
  for (const folder of ['/dev', '/proc', '/sys']) must('mount', '--rbind', folder, `${root}${folder}`);
  for (const folder of OWN_FOLDERS) {
    fs.mkdirSync(`${root}${folder}`, { recursive: true });
    must('mount', '-t', 'tmpfs', '-o', 'mode=755', 'practice', `${root}${folder}`);
  }
  fs.mkdirSync(path.dirname(`${root}${NODE}`), { recursive: true });
  fs.writeFileSync(`${root}${NODE}`, '');
  must('mount', '--bind', process.execPath, `${root}${NODE}`);
  fs.mkdirSync(`${root}/srv/computer`);
  must('pivot_root', root ?? '', `${root}/srv/computer`);
  process.chdir('/');
  must('umount', '--lazy', '/srv/computer');
  fs.rmdirSync('/srv/computer');
  // Settings of the kernel belong to the computer.
  must('mount', '--bind', '/proc/sys', '/proc/sys');
  must('mount', '-o', 'remount,bind,ro', '/proc/sys');
}

function build(plan: MachinePlan): NodeJS.ProcessEnv {
  enterOwnRoot(process.env['PRACTICE_SCRATCH'] ?? '');
  const zone = Object.entries(plan.names).map(([name, address]) => `${address} ${name}\n`);
  const files = {
    ...plan.files,
    ...shimsFor(plan),
    [APPLICATION_LOG]: '',
    [APPLICATION_PLAN]: JSON.stringify(plan.orders),
    [ZONE]: zone.join(''),
  };
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    // A link would be written through.
    fs.rmSync(file, { force: true });
    fs.writeFileSync(file, text, { mode: file.startsWith(SHIM_FOLDER) ? 0o755 : 0o644 });
  }
  fs.mkdirSync('/var/log/nginx', { recursive: true });
  fs.chmodSync('/tmp', 0o1777);
  must('ip', 'link', 'set', 'lo', 'up');
  for (const address of plan.addresses) must('ip', 'address', 'add', `${address}/32`, 'dev', 'lo');
  return {
    PATH: `${SHIM_FOLDER}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: '/root',
    TZ: 'UTC',
    LC_ALL: 'C',
    TERM: 'dumb',
    BASH_ENV: BASH_SETTINGS,
    CURL_CA_BUNDLE: CA_FILE,
    SSL_CERT_FILE: CA_FILE,
    PRACTICE_MEMORY: plan.memoryGroup?.folder ?? '',
  };
}

function run({ id, command, seconds }: Question, machine: NodeJS.ProcessEnv): Promise<Reply> {
  const [outputFile, askedFile] = [`/srv/practice/output-${id}`, `/srv/practice/asked-for-${id}`];
  const output = fs.openSync(outputFile, 'a');
  // A group of its own, so that all of it can be ended.
  const child = spawn('bash', ['-c', command], {
    cwd: '/root',
    env: { ...machine, [ASKED_FOR]: askedFile },
    detached: true,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, seconds * 1000);
  const linesOf = (file: string): string[] =>
    fs.existsSync(file) ? [...new Set(fs.readFileSync(file, 'utf8').split('\n'))].filter((line) => line !== '') : [];
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(timer);
      const exit = late ? TIMED_OUT : (code ?? 255);
      resolve({ id, output: fs.readFileSync(outputFile, 'utf8'), exit, asked: linesOf(askedFile).sort() });
    });
  });
}

const plan = JSON.parse(process.env['PRACTICE_PLAN'] ?? '') as MachinePlan;
// What ps shows of this process.
process.title = 'practice';
process.once('disconnect', () => process.exit(0));
try {
  const env = build(plan);
  await startZoneServer();
  process.on('message', (question: Question) => {
    void run(question, env).then((reply) => process.connected && process.send?.(reply));
  });
  process.send?.({ ready: true });
} catch (error) {
  process.send?.({ failed: error instanceof Error ? error.message : String(error) });
}
