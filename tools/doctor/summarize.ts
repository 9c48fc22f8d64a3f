import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { countPart, type LogPart } from './count-range.ts';
import { summaryOf, type CountedLog, type Summary } from './counted-log.ts';
import { LogSummary } from './log-summary.ts';

/** A smaller part than this is counted before a worker has started, in bytes. */
const SMALLEST_PART = 32 * 1024 * 1024;
/** Each worker has an interpreter and the rules in memory, some 60 MB. */
const MOST_WORKERS = 3;

/** Counts what failed in a log that comes piece by piece, of any size, in bounded memory. */
export async function summarizeStream(input: NodeJS.ReadableStream): Promise<Summary> {
  const log = new LogSummary();
  for await (const piece of input) log.push(piece as Buffer);
  return summaryOf([log.finish()]);
}

/** Counts what failed in the log `file`, a large one in parts side by side. Throws when the file cannot be read. */
export async function summarizeFile(file: string, smallestPart = SMALLEST_PART): Promise<Summary> {
  const { size } = statSync(file);
  const count = Math.max(1, Math.min(MOST_WORKERS, availableParallelism(), Math.floor(size / smallestPart)));
  const edges = Array.from({ length: count + 1 }, (_, index) => Math.floor((size * index) / count));
  const parts = edges.slice(1).map((to, index): LogPart => ({ file, from: edges[index] ?? 0, to }));
  const [own, ...others] = parts;
  const counted = others.map(inWorker);
  return summaryOf([...(own ? [countPart(own)] : []), ...(await Promise.all(counted))]);
}

function inWorker(part: LogPart): Promise<CountedLog> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./count-range.ts', import.meta.url), { workerData: part });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
