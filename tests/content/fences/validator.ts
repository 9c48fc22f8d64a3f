import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { metaValue, type Fence } from '../page-sources.ts';

/** What a validator looks at: a fence, wherever it stands. */
export type FenceText = Pick<Fence, 'lang' | 'meta' | 'code'>;

/** Somebody who knows one kind of fence: a real program where there is one, else a parser. */
export interface Validator {
  /** What it proves, as the end of a sentence: `nginx -t accepts it`. */
  readonly accepts: string;
  readonly covers: (fence: FenceText) => boolean;
  /** Why it cannot look at anything on this machine; null when it can. */
  readonly missing: () => string | null;
  /** What is wrong with the fence; empty when nothing is. */
  readonly problem: (fence: FenceText) => string | Promise<string>;
  /** Fences of each form that authors may write. They must pass. */
  readonly good: readonly FenceText[];
  /** Fences with one mistake each, and words of the complaint about it. */
  readonly mistakes: readonly (FenceText & { readonly says: RegExp })[];
}

/** A fence of a validator's own test; `title` is what authors write as `title="…"`. */
export const sample = (lang: string, code: string, title?: string): FenceText => ({
  lang,
  meta: title === undefined ? '' : `title="${title}"`,
  code,
});

/** The `title="…"` of a fence; empty when it has none. */
export const titleOf = ({ meta }: FenceText): string => metaValue(meta, 'title') ?? '';

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, two minutes at most, with `input` on its standard input. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { input?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const { input = '', cwd, env = process.env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], timeout: 120_000 });
    const printed = { stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (printed.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (printed.stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...printed }));
    child.stdin.on('error', () => undefined); // A program may end before it has read everything.
    child.stdin.end(input);
  });
}

/** Why a program cannot be asked; null when it can. */
export const notInstalled = (program: string): string | null =>
  findProgram(program) === null ? `${program} is not installed.` : null;

/** What a program that ended badly said; empty when it ended well. */
export const complaint = ({ status, stdout, stderr }: Ended): string =>
  status === 0 ? '' : [stderr, stdout].map((text) => text.trim()).find((text) => text !== '') || `exit ${status ?? ''}`;

/** A folder of this process for files that validators write. The system clears it away. */
let folder: string | undefined;
export function workFolder(): string {
  if (folder === undefined) {
    folder = mkdtempSync(path.join(tmpdir(), 'gateway-lab-fences-'));
    // Programs that give up root's rights have to read it, too.
    chmodSync(folder, 0o755);
  }
  return folder;
}

/** Writes a file into the work folder; gives its path. */
export function workFile(name: string, text: string): string {
  const file = path.join(workFolder(), name);
  writeFileSync(file, text);
  return file;
}

let pair: Promise<{ certificate: string; key: string } | null> | undefined;
/** A self-signed certificate and its key, for configurations that name files of the reader's; null without openssl. */
export function certificate(): Promise<{ certificate: string; key: string } | null> {
  pair ??= makeCertificate();
  return pair;
}

async function makeCertificate(): Promise<{ certificate: string; key: string } | null> {
  const made = { certificate: path.join(workFolder(), 'site.pem'), key: path.join(workFolder(), 'site.key') };
  const options = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=api.example.com'];
  const files = ['-out', made.certificate, '-keyout', made.key];
  try {
    return (await runProgram('openssl', ['req', '-x509', ...options, ...files])).status === 0 ? made : null;
  } catch {
    return null;
  }
}
