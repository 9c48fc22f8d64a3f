import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ClientId } from '../../../src/schema/client-words.ts';
import { findProgram } from '../find-program.ts';
import { UNREACHABLE } from './stage.ts';

/** The clients whose words are recorded, as programs that answer one question after the other. */

/** Where fetch-clients.ts puts Python requests. */
export const PYTHON_PACKAGES = fileURLToPath(new URL('../../../.cache/clients/python', import.meta.url));

const scriptPath = (name: string): string => fileURLToPath(new URL(`./programs/${name}`, import.meta.url));

export interface Question {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Latin1 text. */
  readonly body: string;
  /** The client's own time limit. */
  readonly seconds: number;
  /** File with the certificates that the client trusts; null for those that it came with. */
  readonly ca: string | null;
}

/** A client that is installed and has been started. */
export interface Client {
  readonly id: ClientId;
  /** Version number alone, e.g. `7.88.1`. */
  readonly version: string;
  /** With what it is built on, e.g. `requests 2.34.2, urllib3 2.8.0, Python 3.11.2`. */
  readonly program: string;
  /** What the client says at the end; one line. */
  readonly ask: (question: Question) => Promise<string>;
  readonly close: () => void;
}

/** Why a client cannot be asked here, with what to do about it. */
class ClientMissing extends Error {}

/**
 * Starts a client.
 * @param environment more environment variables, such as the lab's resolver
 * @param ca the certificates that Node's fetch trusts, for it learns them when it starts
 * @param how `unreachable`: in a network with a route that leads nowhere; not `trusts`: Node's fetch without `ca`
 */
export async function startClient(
  id: ClientId,
  environment: Readonly<Record<string, string>>,
  ca: string,
  { unreachable = false, trusts = true }: { readonly unreachable?: boolean; readonly trusts?: boolean } = {},
): Promise<Client> {
  // A proxy or another setting of the person at this machine would change what a client says.
  const kept = Object.entries(process.env).filter(([name]) => /^(?:PATH|HOME|LANG|TMPDIR|PYENV_\w+)$/.test(name));
  const env = { ...Object.fromEntries(kept), LC_ALL: 'C', ...environment };
  const prefix = unreachable ? UNREACHABLE : [];
  switch (id) {
    case 'curl':
      return startCurl(env, prefix);
    case 'requests':
      return startRequests({ ...env, PYTHONPATH: PYTHON_PACKAGES }, prefix);
    case 'node':
      return startNode(trusts ? { ...env, NODE_EXTRA_CA_CERTS: ca } : env, prefix);
  }
}

function startCurl(env: NodeJS.ProcessEnv, prefix: readonly string[]): Client {
  const curl = findProgram('curl');
  if (curl === null) throw new ClientMissing('curl is missing: apt-get install curl.');
  const [firstLine = ''] = spawnSync(curl, ['--version'], { encoding: 'utf8' }).stdout.split('\n');
  const [, version = '', openssl = ''] = /^curl (\S+).*?(OpenSSL\/\S+|$)/.exec(firstLine) ?? [];
  const ask = ({ url, method, headers, body, seconds, ca }: Question): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = spawnProgram(
        [
          ...prefix,
          curl,
          ...['--disable', '--silent', '--show-error', '--output', '/dev/null', '--write-out', 'HTTP %{http_code}'],
          ...['--http1.1', '--max-time', String(seconds), ...(method === 'HEAD' ? ['--head'] : ['--request', method])],
          ...headers.flatMap(([name, value]) => ['--header', value === '' ? `${name};` : `${name}: ${value}`]),
          ...(body === '' ? [] : ['--data-binary', '@-']),
          ...(ca === null ? [] : ['--cacert', ca]),
          ...['--path-as-is', '--globoff', url],
        ],
        env,
        'pipe',
      );
      let said = '';
      let wrote = '';
      child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString('latin1')));
      child.stdout?.on('data', (bytes: Buffer) => (wrote += bytes.toString('latin1')));
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(body, 'latin1');
      child.once('error', reject);
      child.once('close', () => resolve(said.split('\n').find((line) => line.startsWith('curl: ')) ?? wrote));
    });
  return { id: 'curl', version, program: `curl ${version}, ${openssl.replace('/', ' ')}`, ask, close: () => undefined };
}

async function startRequests(env: NodeJS.ProcessEnv, prefix: readonly string[]): Promise<Client> {
  const python = ['python3', 'python'].map(findProgram).find((found) => found !== null);
  if (python === undefined) throw new ClientMissing('Python is missing: apt-get install python3 python3-pip.');
  if (!fs.existsSync(`${PYTHON_PACKAGES}/requests`))
    throw new ClientMissing('Python requests is missing: npm run setup:tests fetches it where pip is installed.');
  const { said, ask, close } = await converse(spawnProgram([...prefix, python, scriptPath('ask-requests.py')], env));
  const { requests = '', urllib3 = '', python: runtime = '', openssl = '' } = said;
  const program = `requests ${requests}, urllib3 ${urllib3}, Python ${runtime}, ${openssl}`;
  return { id: 'requests', version: requests, program, ask, close };
}

async function startNode(env: NodeJS.ProcessEnv, prefix: readonly string[]): Promise<Client> {
  const { said, ask, close } = await converse(
    spawnProgram([...prefix, process.execPath, scriptPath('ask-fetch.ts')], env),
  );
  const { node = '', undici = '' } = said;
  return { id: 'node', version: node, program: `Node.js ${node}, undici ${undici}`, ask, close };
}

function spawnProgram(
  [command = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  errors: 'inherit' | 'pipe' = 'inherit',
): ChildProcess {
  return spawn(command, args, { env, stdio: ['pipe', 'pipe', errors] });
}

/** Talks with a program that first says what it is, and then answers questions, a JSON line each. */
async function converse(child: ChildProcess): Promise<{
  readonly said: Readonly<Record<string, string>>;
  readonly ask: (question: Question) => Promise<string>;
  readonly close: () => void;
}> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('The client was started without pipes.');
  const waiting = new Map<number, (text: string) => void>();
  let questions = 0;
  const said = await new Promise<Readonly<Record<string, string>>>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new ClientMissing(`${child.spawnfile} ended with code ${code ?? 'none'}.`)));
    createInterface({ input: stdout }).on('line', (line) => {
      const message = JSON.parse(line) as Readonly<Record<string, string>> & { readonly id?: number };
      if (message.id === undefined) resolve(message);
      else waiting.get(message.id)?.(message['text'] ?? '');
    });
  });
  const ask = (question: Question): Promise<string> =>
    new Promise((resolve) => {
      const id = ++questions;
      waiting.set(id, resolve);
      stdin.write(`${JSON.stringify({ ...question, id })}\n`);
    });
  return { said, ask, close: () => void child.kill('SIGKILL') };
}
