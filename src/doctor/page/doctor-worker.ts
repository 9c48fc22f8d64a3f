import { examine } from './examine.ts';
import type { Task, WorkerMessage } from './protocol.ts';

const say = (message: WorkerMessage): void => postMessage(message);

/** The page draws no more often than this, ms. */
const BETWEEN_MESSAGES = 50;
let lastTold = 0;

addEventListener('message', ({ data }: MessageEvent<Task>) => {
  void examine(data, (done) => {
    const now = performance.now();
    if (now - lastTold < BETWEEN_MESSAGES) return;
    lastTold = now;
    say({ kind: 'progress', done });
  }).then(
    (outcome) => say({ kind: 'done', outcome }),
    (error: unknown) => say({ kind: 'failed', why: error instanceof Error ? error.message : String(error) }),
  );
});
