import { closeSync, openSync, readSync } from 'node:fs';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { CountedLog } from './counted-log.ts';
import { LogSummary } from './log-summary.ts';

/** A part of a file, in bytes. A line belongs to the part in which it begins. */
export interface LogPart {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

const PIECE = 128 * 1024;
const LINE_END = 10;

/** Counts the lines that begin in a part of a log. */
export function countPart({ file, from, to }: LogPart): CountedLog {
  const log = new LogSummary();
  const buffer = Buffer.allocUnsafe(PIECE);
  const descriptor = openSync(file, 'r');
  // The line that goes on here began in the part before; the byte before tells whether one does.
  let before = from > 0;
  let at = from > 0 ? from - 1 : 0;
  try {
    for (;;) {
      const length = readSync(descriptor, buffer, 0, PIECE, at);
      if (length === 0) break;
      let start = 0;
      if (before) {
        const end = buffer.subarray(0, length).indexOf(LINE_END);
        start = end === -1 ? length : end + 1;
        before = end === -1;
      }
      // Lines that begin behind the last byte are the next part's; this one's last line goes on to its end.
      const last = at + length >= to ? buffer.subarray(0, length).indexOf(LINE_END, Math.max(start, to - at - 1)) : -1;
      if (last !== -1 && at + start < to) log.push(buffer.subarray(start, last + 1));
      else if (last === -1) log.push(buffer.subarray(start, length));
      if (last !== -1 || (before && at + length >= to)) break;
      at += length;
    }
  } finally {
    closeSync(descriptor);
  }
  return log.finish();
}

if (!isMainThread) parentPort?.postMessage(countPart(workerData as LogPart));
