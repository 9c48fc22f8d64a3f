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

  constructor(path: string) {
    this.#path = path;
    this.#from = fs.existsSync(path) ? fs.statSync(path).size : 0;
  }

  /** Complete lines since this window was opened. */
  lines(): string[] {
    if (!fs.existsSync(this.#path)) return [];
    const text = fs.readFileSync(this.#path).subarray(this.#from).toString('latin1');
    return text.split('\n').slice(0, -1);
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
