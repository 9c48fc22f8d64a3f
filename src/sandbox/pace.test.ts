import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { loadScenario, recordingsFor } from '../build/scenarios.ts';
import { packKit } from '../gateway/pack-kit.ts';
import type { GuestMessage, Pace, PageMessage, RunRequest, TimeMode } from './protocol.ts';

vi.setConfig({ testTimeout: 60_000 });

const CODE = `
console.log('first line');
for (let attempt = 1; attempt <= 3; attempt++) {
  const response = await fetch('/orders/42');
  console.log('attempt', attempt, response.status);
  await new Promise((resolve) => setTimeout(resolve, 500));
}`;

/** What happened, in short: `> 1` a request left, `< 1` its exchange is over, `| ` the run stands. */
function short(message: GuestMessage): string {
  switch (message.kind) {
    case 'console':
      return message.values.map((value) => ('text' in value ? value.text : value.type)).join(' ');
    case 'requested':
      return `> ${message.id}`;
    case 'exchanged':
      return `< ${message.exchange.id}`;
    case 'paused':
      return '|';
    default:
      return message.kind;
  }
}

/** Runs the program and gives an order each time that the run stands. */
function paced(orders: readonly Pace[], time: TimeMode): Promise<{ said: string[]; at: number[] }> {
  const scenario = loadScenario('first-two-attempts-fail');
  const kit = packKit(scenario, recordingsFor('nginx'));
  const workerData = {
    kind: 'run',
    code: CODE,
    fileName: 'a.js',
    scenario,
    kit,
    time,
    stepwise: true,
  } satisfies RunRequest;
  const worker = new Worker(resolve('src/sandbox/guest-node.ts'), { workerData, execArgv: [] });
  const left = [...orders];
  const said: string[] = [];
  const at: number[] = [];
  return new Promise((done, fail) => {
    worker.on('error', fail);
    worker.on('message', (messages: readonly GuestMessage[]) => {
      for (const message of messages) {
        said.push(short(message));
        if (message.kind === 'paused') {
          at.push(message.at);
          worker.postMessage({ kind: 'pace', pace: left.shift() ?? 'run' } satisfies PageMessage);
        }
        if (message.kind === 'finished') void worker.terminate().then(() => done({ said, at }));
      }
    });
  });
}

it.each(['instant', 'fast'] as const)(
  'a run in %s time goes from request to answer, one step at a time',
  async (time) => {
    const { said, at } = await paced(['step', 'step', 'step', 'run'], time);
    expect(said.join(', ')).toBe(
      'first line, > 1, |, < 1, attempt 1 502, |, > 2, |, < 2, attempt 2 502, |, > 3, < 3, attempt 3 200, finished',
    );
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    // Between the first answer and the second request lies the program's own wait.
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThanOrEqual(499);
  },
);
