import type { Outcome, Task, WorkerMessage } from './protocol.ts';

/** What is told of an examination while it goes on. */
export interface Listener {
  readonly progress: (done: number) => void;
  readonly done: (outcome: Outcome) => void;
  readonly failed: () => void;
}

export interface Examination {
  /** Nothing is told any more. */
  readonly stop: () => void;
}

export type Examiner = (task: Task, listener: Listener) => Examination;

/** Examines in a worker of its own, so that a large text freezes nothing and can be stopped at any time. */
export const examineInWorker: Examiner = (task, { progress, done, failed }) => {
  const worker = new Worker(new URL('./doctor-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    if (data.kind === 'progress') {
      progress(data.done);
      return;
    }
    worker.terminate();
    if (data.kind === 'done') done(data.outcome);
    else failed();
  };
  worker.onerror = () => {
    worker.terminate();
    failed();
  };
  worker.postMessage(task);
  return { stop: () => worker.terminate() };
};
