/**
 * Records what LiteLLM's proxy tells its clients while the model server behind it fails: `npm run record:ai`. It must have
 * been fetched before: `node tools/recorder/ai/fetch-litellm.ts`. Everything happens on loopback. Writes
 * content/ai-proxies/litellm@<version>.json. Exit code 1: it is not there, or a fault could not be recorded.
 */
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { clientViewOf } from '../../../src/gateway/client-view.ts';
import type { AiCase, AiProxySet, AiRecording } from '../../../src/schema/ai-proxy.ts';
import { writeAiProxy } from './ai-proxies-file.ts';
import { recordCooldown } from './cooldown.ts';
import { configOf, findLiteLlm, HOW_TO_FETCH, type LiteLlm } from './litellm.ts';
import { openAiLab, TIMEOUT_S } from './meet-model.ts';
import { FALLEN_BACK, MODEL_FAULTS, RETRIED } from './model-faults.ts';
import { recordSdk, type SdkCase } from './sdk.ts';

const RETRIES = 2;

const SETTINGS = [
  `num_retries 0 or ${RETRIES}, request_timeout ${TIMEOUT_S} s, one model server each, disable_cooldowns true (but for the`,
  'cooldown recording); prices of models from the package, telemetry off; the client waits 20 s.',
].join(' ');

const rounds: readonly (readonly AiCase[])[] = [
  MODEL_FAULTS.map(({ id }) => ({ fault: id, retries: 0, fallback: false })),
  FALLEN_BACK.map((fault) => ({ fault, retries: 0, fallback: true })),
  RETRIED.map((fault) => ({ fault, retries: RETRIES, fallback: false })),
];

const SDK_CASES: readonly SdkCase[] = [
  ['status-500', null],
  ['status-529', null],
  ['stream-cut', null],
  ['stream-ends-early', null],
  ['stream-error-event', null],
  ['status-500', 0],
  ['read-timeout', 0],
  ['status-500', RETRIES],
  ['stream-cut', 0],
  ['stream-ends-early', 0],
];

async function recordSdkCases(program: LiteLlm): Promise<AiProxySet['sdk']> {
  const recordings: AiProxySet['sdk'] = [];
  for (const asked of SDK_CASES) {
    const recording = await recordSdk(program, asked);
    recordings.push(recording);
    console.log(JSON.stringify(recording));
  }
  return recordings;
}

async function record(program: LiteLlm): Promise<AiRecording[]> {
  const recordings: AiRecording[] = [];
  for (const cases of rounds) {
    const lab = await openAiLab(program, cases);
    try {
      for (const asked of cases) {
        const recording = await lab.ask(asked);
        recordings.push(recording);
        console.log(lineOf(recording));
      }
    } finally {
      await lab.close();
    }
  }
  return recordings;
}

function lineOf({ fault, retries, fallback, wire, attempts, fallbackAttempts }: AiRecording): string {
  const { status, error, elapsedMs, body } = clientViewOf(wire, 'POST');
  const how = `${retries > 0 ? `, ${retries} retries` : ''}${fallback ? ', fallback' : ''}`;
  const asked = `asked ${attempts ?? '?'}x${fallback ? ` and ${fallbackAttempts}x` : ''}`;
  return `${fault}${how}: ${status ?? 'none'} ${error ?? ''} after ${elapsedMs} ms, ${asked}: ${body.slice(0, 160)}`;
}

async function main(): Promise<number> {
  const program = findLiteLlm();
  if (program === null) {
    console.error(`LiteLLM is not here: ${HOW_TO_FETCH}.`);
    return 1;
  }
  const file = writeAiProxy({
    format: 1,
    proxy: 'litellm',
    version: program.version,
    program: program.program,
    platform: `${os.type()} ${os.machine()}`,
    date: new Date().toISOString().slice(0, 10),
    settings: SETTINGS,
    config: configOf([{ name: 'chat', targets: [{ host: 'model.test', port: 8080 }], fallback: null }], {
      retries: 0,
      timeout: TIMEOUT_S,
      cooldowns: false,
    }),
    recordings: await record(program),
    sdk: await recordSdkCases(program),
    cooldown: await recordCooldown(program, 'status-500'),
  });
  console.log(`written: ${path.relative(process.cwd(), file)}`);
  return 0;
}

// An interrupt ends through process.exit, so that what was started is stopped.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
