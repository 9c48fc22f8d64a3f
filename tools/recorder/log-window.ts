import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;
const FLUSH_EVERY_MS = 200;
/** After the line that was waited for, others of the same request may still be on their way. */
const SETTLE_MS = 60;

/** The lines that a log file gains from a moment on. */
export class LogWindow {
  readonly #path: string;
  readonly #from: number;
  /** Size of the file when it was read last, and the lines that were there. */
  #read: { readonly size: number; readonly lines: readonly string[] } = { size: -1, lines: [] };

  constructor(path: string) {
    this.#path = path;
    this.#from = sizeOf(path);
  }

  /** Complete lines since this window was opened. */
  lines(): readonly string[] {
    const size = sizeOf(this.#path);
    if (size !== this.#read.size) this.#read = { size, lines: linesIn(this.#path, this.#from, size) };
    return this.#read.lines;
  }

  /**
   * Waits until a line contains `text` and the log had time to settle; false when none did within `patienceMs`.
   * @param flush makes the gateway write what it holds back; called now and then
   */
  async waitFor(text: string, patienceMs: number, flush: () => void = () => undefined): Promise<boolean> {
    for (let waited = 0; waited < patienceMs; waited += LOOK_EVERY_MS) {
      if (waited % FLUSH_EVERY_MS === 0) flush();
      if (this.lines().some((line) => line.includes(text))) {
        await sleep(SETTLE_MS);
        return true;
      }
      await sleep(LOOK_EVERY_MS);
    }
    return false;
  }
}

/** Length of a file, bytes; 0 while there is none. */
const sizeOf = (path: string): number => fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Complete lines between two places of a file. */
function linesIn(path: string, from: number, to: number): string[] {
  if (to <= from) return [];
  const bytes = Buffer.alloc(to - from);
  const file = fs.openSync(path, 'r');
  try {
    const count = fs.readSync(file, bytes, 0, bytes.length, from);
    return bytes.subarray(0, count).toString('latin1').split('\n').slice(0, -1);
  } finally {
    fs.closeSync(file);
  }
}
