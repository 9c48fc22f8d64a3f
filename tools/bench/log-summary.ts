import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** What `doctor --summary` and `grep -c` took for the same log. */
export interface MeasuredSummary {
  readonly bytes: number;
  readonly lines: number;
  readonly grepMs: number;
  readonly summaryMs: number;
  /** The most memory that the summary held at a time, in bytes. */
  readonly memory: number;
}

const LOG = path.resolve('.cache/bench-log/error.log');
const RECORDING = 'content/recordings/nginx/1.22.1.json';
/** Written at once, in bytes. */
const BLOCK = 8 * 1024 * 1024;

const VALUES: Readonly<Record<string, (index: number) => string>> = {
  'error-time': (index) =>
    new Date(Date.UTC(2026, 2, 2) + index * 100).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/'),
  worker: () => '29#29',
  connection: String,
  client: (index) => `203.0.113.${index % 250}`,
  path: (index) => `/orders/${index}`,
  'upstream-address': (index) => `10.0.0.${index % 8}:8080`,
  host: () => 'api.example.com',
};

/** What nginx's error log said when its upstream was broken, with places for what differs from line to line. */
function recordedLines(): string[] {
  const { recordings } = JSON.parse(readFileSync(RECORDING, 'utf8')) as {
    readonly recordings: readonly { readonly log: { readonly error: readonly string[] } }[];
  };
  const lines = recordings
    .flatMap(({ log }) => log.error)
    .filter((line) => / \[(?:error|crit)\] .*upstream/.test(line));
  return [...new Set(lines)];
}

const MESSAGE = /\*\{\{connection\}\} (.*?), client: /;

/** Texts for `grep -F`, one of which each of the lines contains. As an expression, grep takes fifty times as long for them. */
function textsIn(lines: readonly string[]): string[] {
  const messages = lines.map((line) => (MESSAGE.exec(line)?.[1] ?? line).split(/\{\{[^}]*\}\}/));
  return [
    ...new Set(messages.map((parts) => parts.reduce((best, part) => (part.length > best.length ? part : best), ''))),
  ];
}

function writeLog(lines: readonly string[], bytes: number): void {
  mkdirSync(path.dirname(LOG), { recursive: true });
  const file = openSync(LOG, 'w');
  let written = 0;
  for (let index = 0; written < bytes;) {
    const block: string[] = [];
    for (let size = 0; size < BLOCK; index++) {
      const line = (lines[index % lines.length] ?? '').replaceAll(/\{\{([a-z-]+)[^}]*\}\}/g, (_, name: string) =>
        (VALUES[name] ?? (() => 'x'))(index),
      );
      block.push(line);
      size += line.length + 1;
    }
    written += writeSync(file, `${block.join('\n')}\n`);
  }
  closeSync(file);
}

/** Runs a program to its end. @returns what it printed, and how long it took, in ms */
async function timed(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let printed = '';
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (printed += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  await new Promise((ended) => child.on('close', ended));
  return { printed, said, ms: performance.now() - started };
}

/** The program says at its end how much memory it had at most, in kB. */
const TELL_MEMORY = "data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))";

/**
 * Counts the failures of a log of `bytes` with the doctor, and its lines with an equivalent pattern with `grep -c`, in
 * turn; the best of `rounds` counts.
 * @returns null where there is no grep
 * @throws when the two do not count the same
 */
export async function measureSummary(bytes: number, rounds: number): Promise<MeasuredSummary | null> {
  if (spawnSync('grep', ['--version']).status !== 0) return null;
  const lines = recordedLines();
  const texts = textsIn(lines).flatMap((text) => ['-e', text]);
  writeLog(lines, bytes);
  const best = { grepMs: Infinity, summaryMs: Infinity, memory: 0, counted: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      const grep = await timed('grep', ['-cF', ...texts, LOG], { LC_ALL: 'C' });
      const args = ['--import', TELL_MEMORY, 'tools/doctor.ts', '--summary', LOG];
      const summary = await timed(process.execPath, args);
      const counted = Number(/^(\d+) lines, (\d+) of them/.exec(summary.printed)?.[2]);
      if (counted !== Number(grep.printed))
        throw new Error(`grep counts ${grep.printed.trim()} lines, the doctor ${summary.printed}${summary.said}`);
      best.grepMs = Math.min(best.grepMs, grep.ms);
      best.summaryMs = Math.min(best.summaryMs, summary.ms);
      best.memory = Math.max(best.memory, Number(summary.said.trim().split('\n').at(-1)) * 1024);
      best.counted = counted;
    }
  } finally {
    rmSync(path.dirname(LOG), { recursive: true, force: true });
  }
  const { counted, ...rest } = best;
  return { bytes, lines: counted, ...rest };
}
